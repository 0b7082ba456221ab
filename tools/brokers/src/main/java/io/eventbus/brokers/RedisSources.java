package io.eventbus.brokers;

import java.util.Optional;

/**
 * Where a Redis can come from.
 *
 * @param machine the variables and Docker
 * @param installation what is installed
 */
record RedisSources(Machine machine, Optional<RedisInstallation> installation) {

    static RedisSources ofThisMachine() {
        return new RedisSources(Machine.here(), RedisInstallation.find(SearchPath.of(System.getenv())));
    }

    /** The first that there is; one that is given has none of these settings. */
    RedisBroker find(RedisSettings settings) {
        return machine.<RedisBroker>broker(
                RedisBroker.URL_VARIABLE, GivenRedis::at, () -> inContainer(settings), () -> local(settings));
    }

    /** One that is started here, whatever is given. */
    RedisBroker start(RedisSettings settings) {
        return new RedisSources(machine.givenNothing(), installation).find(settings);
    }

    private static RedisBroker inContainer(RedisSettings settings) {
        return new StartedRedis(DockerRedis.launch(settings));
    }

    private RedisBroker local(RedisSettings settings) {
        return new StartedRedis(LocalRedis.launch(installed(), settings));
    }

    private RedisInstallation installed() {
        return installation.orElseThrow(() -> Machine.nothing(
                "Redis", RedisBroker.URL_VARIABLE + "=redis://user:password@host:6379", "redis-server"));
    }
}
