package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventbus.Binding;
import io.eventbus.ConfigurationException;
import io.eventbus.EventDefinition;
import io.eventbus.EventRegistry;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.RoutingPattern;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a binding selects, and what it asks the broker for. */
class SelectorTest {

    private record Placed() {}

    private static final EventRegistry REGISTRY = EventRegistry.of(EventDefinition.of(Placed.class, "Order", "Placed"));
    private static final Limits LIMITS = new Limits(1, 1, 1, 100);
    private static final Map<String, String> WANTED = Map.of("region", "eu", "vip", "yes");

    @Test
    @DisplayName("all headers: each has to be there with its value, others do not matter")
    void allHeaders() {
        Binding<?> binding = Binding.headersAll(WANTED);
        assertThat(selects(binding, Map.of("region", "eu", "vip", "yes", "more", "x")))
                .isTrue();
        assertThat(selects(binding, Map.of("region", "eu"))).isFalse();
        assertThat(selects(binding, Map.of("region", "eu", "vip", "no"))).isFalse();
        assertThat(selects(binding, Map.of("Region", "eu", "vip", "yes"))).isFalse();
    }

    @Test
    @DisplayName("any header: one that is there with its value is enough")
    void anyHeader() {
        Binding<?> binding = Binding.headersAny(WANTED);
        assertThat(selects(binding, Map.of("region", "eu", "vip", "no"))).isTrue();
        assertThat(selects(binding, Map.of("region", "us", "vip", "no"))).isFalse();
        assertThat(selects(binding, Map.of())).isFalse();
    }

    @Test
    @DisplayName("a header that has only to be present may have any value, also none")
    void presentHeader() {
        Binding<?> all = Binding.headersAll(Map.of("region", "eu")).andPresent("vip");
        assertThat(selects(all, Map.of("region", "eu", "vip", ""))).isTrue();
        assertThat(selects(all, Map.of("region", "eu"))).isFalse();
        Binding<?> any = Binding.headersAny(Map.of()).andPresent("vip");
        assertThat(selects(any, Map.of("vip", "no"))).isTrue();
        assertThat(selects(any, Map.of("region", "eu"))).isFalse();
    }

    @Test
    @DisplayName("headers that have only to be present add up, and one that is named twice counts once")
    void presentHeadersAddUp() {
        Binding<?> all = Binding.headersAll(Map.of()).andPresent("vip").andPresent("region", "vip", "vip");
        assertThat(selects(all, Map.of("region", "eu", "vip", "no"))).isTrue();
        assertThat(selects(all, Map.of("region", "eu"))).isFalse();
        assertThat(selects(all, Map.of("vip", "no"))).isFalse();
    }

    @Test
    @DisplayName("without a header, all selects every event, and any selects none")
    void noHeaders() {
        assertThat(selects(Binding.headersAll(Map.of()), Map.of("a", "b"))).isTrue();
        assertThat(selects(Binding.headersAny(Map.of()), Map.of("a", "b"))).isFalse();
    }

    @Test
    @DisplayName("names that begin with x- are not looked at")
    void ignoredNames() {
        assertThat(selects(Binding.headersAll(Map.of("x-match", "any", "region", "eu")), Map.of("region", "eu")))
                .isTrue();
        assertThat(selects(Binding.headersAny(Map.of("x-other", "1")), Map.of("x-other", "1")))
                .isFalse();
    }

    @Test
    @DisplayName("a type is selected by aggregate and type, whatever the routing key")
    void type() {
        Binding<?> binding = Binding.type(Placed.class);
        assertThat(selects(binding, message("Order", "Placed", "elsewhere", Map.of())))
                .isTrue();
        assertThat(selects(binding, message("Customer", "Placed", "Order.Placed", Map.of())))
                .isFalse();
        assertThat(selects(binding, message("", "Order.Placed", "Order.Placed", Map.of())))
                .isFalse();
    }

    @Test
    @DisplayName("a type that is not registered is refused by name")
    void unregisteredType() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Selector.of(Binding.type(String.class), REGISTRY, LIMITS))
                .withMessageContaining("java.lang.String is not registered");
    }

    @Test
    @DisplayName("direct is the identical routing key, and a pattern in it means nothing")
    void direct() {
        assertThat(selects(Binding.direct("a.*"), message("", "x", "a.*", Map.of())))
                .isTrue();
        assertThat(selects(Binding.direct("a.*"), message("", "x", "a.b", Map.of())))
                .isFalse();
    }

    @Test
    @DisplayName("any of several selects what one of them does, and asks for what all of them ask for")
    void anyOf() {
        Selector selector = Selector.of(Binding.anyOf(Binding.direct("a"), Binding.topic("b.#")), REGISTRY, LIMITS);
        assertThat(selector.matches()).accepts(routed("a"), routed("b.c")).rejects(routed("c"));
        assertThat(selector.patterns()).containsExactlyInAnyOrder(new RoutingPattern("a"), new RoutingPattern("b.#"));
    }

    @Test
    @DisplayName("only what selects everything is a wildcard, raw or not")
    void wildcard() {
        assertThat(Selector.of(Binding.fanout(), REGISTRY, LIMITS).wildcard()).isTrue();
        assertThat(Selector.of(Binding.raw(Binding.fanout()), REGISTRY, LIMITS).wildcard())
                .isTrue();
        assertThat(Selector.of(Binding.topic("a.#"), REGISTRY, LIMITS).wildcard())
                .isFalse();
    }

    @Test
    @DisplayName("a raw binding selects the same, and hands over bytes")
    void raw() {
        Selector selector = Selector.of(Binding.raw(Binding.direct("a")), REGISTRY, LIMITS);
        assertThat(selector.raw()).isTrue();
        assertThat(selector.matches()).accepts(routed("a")).rejects(routed("b"));
    }

    @Test
    @DisplayName("what brokers read differently is asked for by asking for everything")
    void strangePatterns() {
        for (String strange : new String[] {"", "a..b", ".a", "a.", "w".repeat(LIMITS.maxRoutingKey() + 1)}) {
            assertThat(Selector.of(Binding.direct(strange), REGISTRY, LIMITS).patterns())
                    .containsExactly(RoutingPattern.ALL);
        }
    }

    @Test
    @DisplayName("a key of exactly the transport's limit is asked for as it is")
    void longestPattern() {
        String longest = "w".repeat(LIMITS.maxRoutingKey());
        assertThat(Selector.of(Binding.direct(longest), REGISTRY, LIMITS).patterns())
                .containsExactly(new RoutingPattern(longest));
    }

    private static boolean selects(Binding<?> binding, Map<String, String> headers) {
        return selects(binding, message("Order", "Placed", "Order.Placed", headers));
    }

    private static boolean selects(Binding<?> binding, Message message) {
        return Selector.of(binding, REGISTRY, LIMITS).matches().test(message);
    }

    private static Message routed(String routingKey) {
        return message("", "x", routingKey, Map.of());
    }

    private static Message message(String aggregateType, String type, String routingKey, Map<String, String> headers) {
        return new Message("1", aggregateType, type, null, routingKey, "", Map.of(), headers, new byte[0]);
    }
}
