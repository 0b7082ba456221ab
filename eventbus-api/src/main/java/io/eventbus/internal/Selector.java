package io.eventbus.internal;

import io.eventbus.Binding;
import io.eventbus.ConfigurationException;
import io.eventbus.EventDefinition;
import io.eventbus.EventRegistry;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.RoutingPattern;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A binding that is ready to match.
 *
 * @param matches whether a message is selected
 * @param patterns what to ask the broker for, which may be more than what is selected
 * @param types the payload classes that it names
 * @param raw whether handlers get the bytes
 * @param wildcard whether it selects everything
 */
record Selector(
        Predicate<Message> matches, Set<RoutingPattern> patterns, Set<Class<?>> types, boolean raw, boolean wildcard) {

    static Selector of(Binding<?> binding, EventRegistry registry, Limits limits) {
        if (binding instanceof Binding.Type<?> type) {
            return ofType(registry, type.eventType(), limits);
        } else if (binding instanceof Binding.Topic topic) {
            TopicPattern pattern = new TopicPattern(topic.pattern());
            return ofRouting(message -> pattern.matches(message.routingKey()), pattern(topic.pattern(), limits));
        } else if (binding instanceof Binding.Direct direct) {
            return ofRouting(
                    message -> message.routingKey().equals(direct.routingKey()), pattern(direct.routingKey(), limits));
        } else if (binding instanceof Binding.Headers headers) {
            return ofRouting(message -> matches(headers, message.headers()), RoutingPattern.ALL);
        } else if (binding instanceof Binding.AnyOf anyOf) {
            return ofAny(anyOf.bindings().stream()
                    .map(one -> of(one, registry, limits))
                    .toList());
        } else if (binding instanceof Binding.Raw raw) {
            Selector inner = of(raw.selection(), registry, limits);
            return new Selector(inner.matches, inner.patterns, inner.types, true, inner.wildcard);
        }
        return new Selector(message -> true, Set.of(RoutingPattern.ALL), Set.of(), false, true);
    }

    private static Selector ofType(EventRegistry registry, Class<?> eventType, Limits limits) {
        EventDefinition<?> definition = registry.find(eventType)
                .orElseThrow(() -> new ConfigurationException(List.of(eventType.getName()
                        + " is not registered; give it to the builder's events(...) or subscribe to a raw binding")));
        Predicate<Message> matches = message -> message.type().equals(definition.type())
                && message.aggregateType().equals(definition.aggregateType());
        String typeKey = Message.typeKey(definition.aggregateType(), definition.type());
        return new Selector(matches, Set.of(pattern(typeKey, limits)), Set.of(eventType), false, false);
    }

    private static Selector ofRouting(Predicate<Message> matches, RoutingPattern pattern) {
        return new Selector(matches, Set.of(pattern), Set.of(), false, false);
    }

    private static Selector ofAny(List<Selector> selectors) {
        Set<RoutingPattern> patterns = new HashSet<>();
        Set<Class<?>> types = new HashSet<>();
        selectors.forEach(selector -> patterns.addAll(selector.patterns));
        selectors.forEach(selector -> types.addAll(selector.types));
        return new Selector(
                message -> selectors.stream().anyMatch(selector -> selector.matches.test(message)),
                patterns,
                types,
                false,
                selectors.stream().anyMatch(Selector::wildcard));
    }

    /** A key with empty words, or too long for the broker, asks for everything: brokers differ there. */
    private static RoutingPattern pattern(String text, Limits limits) {
        boolean plain = !("." + text + ".").contains("..")
                && text.getBytes(StandardCharsets.UTF_8).length <= limits.maxRoutingKey();
        return plain ? new RoutingPattern(text) : RoutingPattern.ALL;
    }

    private static boolean matches(Binding.Headers binding, Map<String, String> headers) {
        Predicate<Map.Entry<String, String>> sameValue =
                wanted -> wanted.getValue().equals(headers.get(wanted.getKey()));
        var values = binding.values().entrySet().stream().filter(wanted -> isLookedAt(wanted.getKey()));
        var present = binding.present().stream().filter(Selector::isLookedAt);
        return switch (binding.match()) {
            case ALL -> values.allMatch(sameValue) && present.allMatch(headers::containsKey);
            case ANY -> values.anyMatch(sameValue) || present.anyMatch(headers::containsKey);
        };
    }

    private static boolean isLookedAt(String name) {
        return !name.startsWith("x-");
    }
}
