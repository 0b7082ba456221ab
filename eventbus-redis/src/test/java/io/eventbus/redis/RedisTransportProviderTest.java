package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Capability;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

class RedisTransportProviderTest {

    @Test
    @DisplayName("the provider is found, and says what it is")
    void found() {
        TransportProvider provider = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("redis"))
                .findFirst()
                .orElseThrow();

        assertThat(provider.schemes()).containsExactlyInAnyOrder("redis", "rediss", "unix");
        assertThat(provider.defaultUrl())
                .hasScheme("redis")
                .hasHost("localhost")
                .hasPort(6379);
        assertThat(provider.options())
                .extracting(OptionDescriptor::name)
                .containsExactly(
                        "redis.prefix",
                        "redis.database",
                        "redis.lease",
                        "redis.answer-timeout",
                        "redis.max-length",
                        "redis.max-payload",
                        "redis.trusted-certificates");
    }

    @Test
    @DisplayName("events are retained as long as nothing is trimmed; the limit of the payload is the option's")
    void declares() {
        Transport unbounded = create("redis.max-payload", "1000");
        Transport bounded = create("redis.max-length", "1000");

        assertThat(unbounded.capabilities())
                .containsExactlyInAnyOrder(Capability.DURABLE, Capability.DELIVERY_COUNT, Capability.RETAINED);
        assertThat(bounded.capabilities()).containsExactlyInAnyOrder(Capability.DURABLE, Capability.DELIVERY_COUNT);
        assertThat(unbounded.limits().maxPayload()).isEqualTo(1000);
        assertThat(bounded.limits().maxPayload()).isEqualTo(16 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "redis.lease,1999ms",
        "redis.answer-timeout,0ms",
        "redis.answer-timeout,99ms",
        "redis.max-length,0",
        "redis.max-length,many",
        "redis.prefix,a{b}",
        "redis.database,one",
        "redis.trusted-certificates,without-tls.pem"
    })
    @DisplayName("a value that makes no sense is refused, with the option's name")
    void refused(String option, String value) {
        assertThatThrownBy(() -> create(option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option);
    }

    @ParameterizedTest
    @CsvSource({"15s,10s,10s", "2s,10s,1333ms", "3s,2s,2s", "3s,2001ms,2s", "1h,30m,30m"})
    @DisplayName("whatever the options say, an answer is waited for so long that leases can be renewed afterwards")
    void answersWithinLease(String lease, String answerTimeout, String expected) {
        Map<String, String> options = Map.of("redis.lease", lease, "redis.answer-timeout", answerTimeout);
        Duration effective = RedisTransportProvider.answerTimeout(
                new TransportConfig(URI.create("redis://localhost:1"), options, Duration.ofSeconds(1), "test"));

        assertThat(Duration.ofMillis(effective.toMillis())).isEqualTo(OptionDescriptor.parseDuration(expected));
    }

    @Test
    @SuppressWarnings("deprecation") // as the transport uses it
    @DisplayName("the escape hatch gives what a client of one's own is made of, and nothing else")
    void unwrap() {
        Transport transport = transport(URI.create("rediss://user:secret@h:1/2"), Map.of());

        assertThat(transport.unwrap(HostAndPort.class)).contains(new HostAndPort("h", 1));
        JedisClientConfig config = transport.unwrap(JedisClientConfig.class).orElseThrow();
        assertThat(config.getUser()).isEqualTo("user");
        assertThat(config.getDatabase()).isEqualTo(2);
        assertThat(config.getSslSocketFactory()).isNotNull();
        assertThat(config.getSslParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(transport.unwrap(String.class)).isEmpty();
        assertThat(transport(URI.create("unix:/run/redis.sock"), Map.of()).unwrap(HostAndPort.class))
                .isEmpty();
    }

    private static Transport create(String option, String value) {
        return transport(URI.create("redis://localhost:1"), Map.of(option, value));
    }

    private static Transport transport(URI url, Map<String, String> options) {
        return new RedisTransportProvider().create(new TransportConfig(url, options, Duration.ofSeconds(1), "test"));
    }
}
