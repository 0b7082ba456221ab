package io.eventbus.brokers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On the Redis that this machine can start, by Docker or by itself, also when a URL is given. */
class StartedRedisTest {
    private static final int QUIET_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 30_000;

    private static RedisBroker broker;

    @BeforeAll
    static void launch() {
        RedisSources here = RedisSources.ofThisMachine();
        assumeTrue(
                here.installation().isPresent() || here.machine().docker().getAsBoolean(),
                "Redis is given by URL and cannot be started here");
        broker = here.start(new RedisSettings(false, List.of()));
    }

    @AfterAll
    static void close() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    @DisplayName("What was answered is there after kill and restart, at the same URL")
    void restarts() {
        URI url = broker.url();
        broker.cli("SET", "key", "kept");

        broker.kill();
        assertThatThrownBy(() -> RedisProbe.connect(url)).isInstanceOf(ConnectException.class);
        broker.start();

        assertThat(broker.url()).isEqualTo(url);
        assertThat(broker.cli("GET", "key")).isEqualTo("kept\n");
    }

    @Test
    @DisplayName("A frozen broker answers nothing; thawed, it answers what was asked meanwhile")
    void freezes() throws IOException {
        broker.freeze();
        try (Socket client = new Socket(broker.host(), broker.port())) {
            try {
                client.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
                client.setSoTimeout(QUIET_MILLIS);
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            } finally {
                broker.thaw();
            }
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(client.getInputStream().readNBytes(7)).isEqualTo("+PONG\r\n".getBytes(US_ASCII));
        }
    }

    @Test
    @DisplayName("Arguments of the caller take precedence, and one that wants a login counts as usable")
    void arguments() {
        try (RedisBroker strict =
                RedisBroker.launch("--appendonly no --user default off --user ann on >secret ~* +@all".split(" "))) {
            assertThat(strict.cli("--user", "ann", "--pass", "secret", "CONFIG", "GET", "appendonly"))
                    .endsWith("no\n");
            assertThatThrownBy(() -> strict.cli("GET", "key")).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    @DisplayName("A cluster of one node serves every key, also after a restart")
    void cluster() {
        try (RedisBroker cluster = RedisBroker.launchCluster()) {
            assertThat(cluster.cli("SET", "key", "kept")).isEqualTo("OK\n");
            assertThat(cluster.cli("CLUSTER", "SLOTS")).contains(cluster.host(), String.valueOf(cluster.port()));

            cluster.restart();

            assertThat(cluster.cli("GET", "key")).isEqualTo("kept\n");
        }
    }

    @Test
    @DisplayName("A given URL is used as it is and refuses every control")
    void given() {
        String url = broker.url().toString();
        RedisBroker given = new RedisSources(
                        new Machine(Map.of(RedisBroker.URL_VARIABLE, url), () -> true), Optional.empty())
                .find(new RedisSettings(false, List.of()));

        assertThat(given.url()).isEqualTo(broker.url());
        assertThat(given.controls()).isEmpty();
        assertThatThrownBy(given::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(RedisBroker.URL_VARIABLE);
        assertThatThrownBy(() -> given.cli("PING")).isInstanceOf(UnsupportedOperationException.class);
        given.close();
        assertThat(broker.cli("PING")).isEqualTo("PONG\n");
    }

    @Test
    @DisplayName("The shared broker refuses to be killed, and stays when it is closed")
    void shared() {
        RedisBroker shared = new SharedRedis(broker);
        assertThatThrownBy(shared::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("RedisBroker.launch()");
        shared.close();
        assertThat(shared.cli("PING")).isEqualTo("PONG\n");
    }
}
