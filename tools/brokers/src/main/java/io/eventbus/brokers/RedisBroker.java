package io.eventbus.brokers;

import java.util.List;

/**
 * A running Redis. The shared one comes from the first of these that there is, a launched one from the
 * second or the third:
 *
 * <ol>
 *   <li>the URL in the environment variable {@value #URL_VARIABLE}: used as it is, never controlled;
 *   <li>Docker, if an engine answers;
 *   <li>the {@code redis-server} installed on this machine, as a child process on a random port of 127.0.0.1.
 * </ol>
 *
 * <p>One that is started here has an append-only file, so that a kill loses nothing that was answered. It starts in
 * milliseconds: whoever wants to kill it, or to have it configured in some way, launches one of his own.
 *
 * <pre>{@code
 * try (RedisBroker broker = RedisBroker.launch("--maxmemory", "10mb")) {
 *     publishTo(broker.url());
 *     broker.restart();
 *     consumeFrom(broker.url());
 * }
 * }</pre>
 */
public sealed interface RedisBroker extends Broker permits GivenRedis, SharedRedis, StartedRedis {

    /** The environment variable with the URL of a Redis that runs already. */
    String URL_VARIABLE = "EVENTBUS_REDIS_URL";

    /**
     * The Redis that all of this JVM share: started by the first call, ended with the JVM. It can be neither killed nor
     * frozen, and {@link #close()} on it has no effect.
     *
     * @return the shared broker, usable
     * @throws BrokerException if no Redis can be had; the message says what to install
     */
    static RedisBroker shared() {
        return SharedRedis.instance();
    }

    /**
     * A Redis for the caller alone, to be killed and frozen at will; the caller closes it. Always started here.
     *
     * @return a new broker, usable
     * @throws BrokerException if no Redis can be had; the message says what to install
     */
    static RedisBroker launch() {
        return launch(new String[0]);
    }

    /**
     * A Redis with further arguments, for instance {@code launch("--user", "ann", "on", ">secret", "~*", "+@all")} or
     * {@code launch("--maxmemory", "10mb", "--maxmemory-policy", "noeviction")}. Always started here.
     * {@link #url()} is that of the user default, without TLS, whatever the arguments say.
     *
     * @param arguments those of redis-server; they take precedence over our own
     * @return a new broker, usable; the caller closes it
     * @throws BrokerException if it cannot be started; the message ends with the last lines of its log
     */
    static RedisBroker launch(String... arguments) {
        return RedisSources.ofThisMachine().start(new RedisSettings(false, List.of(arguments)));
    }

    /**
     * A Redis Cluster of one node that has all slots, always started here.
     *
     * @param arguments further ones of redis-server
     * @return a new broker, usable; the caller closes it
     * @throws BrokerException if it cannot be started; the message ends with the last lines of its log
     */
    static RedisBroker launchCluster(String... arguments) {
        return RedisSources.ofThisMachine().start(new RedisSettings(true, List.of(arguments)));
    }

    @Override
    default int port() {
        return RedisProbe.port(url());
    }

    /**
     * Runs {@code redis-cli}, for instance {@code cli("XINFO", "STREAM", key)}. Takes about ten milliseconds.
     *
     * @param arguments options of redis-cli, the command and its arguments
     * @return what it printed to standard output
     * @throws BrokerException if Redis answers with an error; the message has what was printed
     * @throws UnsupportedOperationException without {@link Control#ADMINISTER}
     */
    default String cli(String... arguments) {
        throw new UnsupportedOperationException(this + " cannot be administered");
    }
}
