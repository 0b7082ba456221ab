package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LocalRedisTest {
    private static final RedisSettings PLAIN = new RedisSettings(false, List.of());

    @BeforeEach
    void needsInstallation() {
        assumeTrue(RedisSources.ofThisMachine().installation().isPresent(), "Redis is not installed on this machine");
    }

    @Test
    @DisplayName("A start that fails says why by the end of the log")
    void failingStart() {
        RedisSettings broken = new RedisSettings(false, List.of("--maxmemory", "much"));

        assertThatThrownBy(() -> LocalRedis.launch(installation(), broken))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("redis ended while starting")
                .hasMessageContaining("maxmemory");
    }

    @Test
    @DisplayName("When another program has the port, another is tried")
    void takenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<List<Integer>> choices = new ArrayList<>();

            LocalRedis server = LocalRedis.launch(installation(), PLAIN, () -> {
                choices.add(choices.isEmpty() ? List.of(other.getLocalPort()) : Ports.free(1));
                return choices.get(choices.size() - 1);
            });

            // the second, or a later one if yet another program was quicker
            assertThat(choices).hasSizeGreaterThan(1);
            assertThat(server.url()).hasPort(choices.get(choices.size() - 1).get(0));
            server.remove();
            assertThat(server.reaper().directory()).doesNotExist();
        }
    }

    private static RedisInstallation installation() {
        return RedisSources.ofThisMachine().installation().orElseThrow();
    }
}
