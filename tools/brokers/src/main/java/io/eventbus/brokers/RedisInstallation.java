package io.eventbus.brokers;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Redis as it is installed on this machine.
 *
 * @param server the program redis-server
 * @param cli the program redis-cli
 */
record RedisInstallation(Path server, Path cli) {

    static Optional<RedisInstallation> find(SearchPath path) {
        return path.program("redis-server")
                .flatMap(server -> path.program("redis-cli").map(cli -> new RedisInstallation(server, cli)));
    }
}
