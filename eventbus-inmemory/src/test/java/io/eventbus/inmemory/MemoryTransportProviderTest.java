package io.eventbus.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.EventBus;
import io.eventbus.Health;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the transport is found, described and made. */
class MemoryTransportProviderTest {

    @Test
    @DisplayName("the service loader finds it")
    void isFound() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .hasExactlyElementsOfTypes(MemoryTransportProvider.class);
    }

    @Test
    @DisplayName("its name, its scheme and the names of its options agree")
    void describesItself() {
        TransportProvider provider = new MemoryTransportProvider();
        assertThat(provider.name()).isEqualTo("memory");
        assertThat(provider.schemes()).containsExactly("memory");
        assertThat(provider.defaultUrl()).hasScheme("memory");
        assertThat(provider.options()).extracting(OptionDescriptor::name).containsExactly("memory.max-backlog");
    }

    @Test
    @DisplayName("constructing, describing and making one starts no thread")
    void hasNoSideEffects() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        new MemoryTransportProvider().options();
        new Bench().close();
        assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
    }

    @Test
    @DisplayName("it declares what it can do and carry")
    void declares() {
        try (Bench bench = new Bench()) {
            assertThat(bench.transport.capabilities()).containsExactly(Capability.DELIVERY_COUNT);
            assertThat(bench.transport.limits()).isEqualTo(new Limits(16_777_216, 65_536, 200, 255));
        }
    }

    @Test
    @DisplayName("the default URL is one that it takes")
    void takesItsDefault() {
        new Bench(new MemoryTransportProvider().defaultUrl().toString(), Map.of()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:a", "memory:A-z_0.9~", "memory:/"})
    @DisplayName("a good URL is taken")
    void takes(String url) {
        new Bench(url, Map.of()).close();
    }

    @Test
    @DisplayName("a bus takes the URL memory: without a name")
    void isPrivateForABus() {
        EventBus bus = EventBus.builder().url("memory:").topic("orders").build();
        bus.start();
        assertThat(bus.health().status()).isEqualTo(Health.Status.UP);
        bus.close();
    }

    @Test
    @DisplayName("a name of 200 characters is taken, one of 201 is not")
    void boundsTheName() {
        new Bench("memory:" + "n".repeat(200), Map.of()).close();
        assertRefused("memory:" + "n".repeat(201));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory://host",
                "memory:///",
                "memory:/path",
                "memory:a/b",
                "memory:a?b=c",
                "memory:a#b",
                "memory:/#b",
                "memory:a%20b",
                "memory:ä",
                "memory://user:s3cret@host",
                "memory:user:s3cret@host"
            })
    @DisplayName("a malformed URL is refused with what would be right, and without what may be a secret")
    void refuses(String url) {
        assertRefused(url);
    }

    private static void assertRefused(String url) {
        assertThatThrownBy(() -> new Bench(url, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("malformed", "memory:NAME", "1 to 200", "or memory: for")
                .hasMessageNotContaining("s3cret");
    }
}
