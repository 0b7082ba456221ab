package io.eventbus;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which events a subscription gets. Matched by the bus itself, so it means the same on every broker.
 *
 * @param <T> the payload type that the handler is given
 */
public sealed interface Binding<T> {

    /** Whether all headers have to match or one is enough. */
    enum Match {
        /** Every named header; a binding without any matches every event. */
        ALL,
        /** At least one of the named headers; a binding without any matches none. */
        ANY
    }

    /**
     * The events of one registered class, exactly.
     *
     * @param eventType the class
     * @param <T> the class
     */
    record Type<T>(Class<T> eventType) implements Binding<T> {}

    /**
     * By pattern over the routing key's words, which dots separate: {@code *} is exactly one word, {@code #} any number.
     *
     * @param pattern such as {@code Order.*}
     */
    record Topic(String pattern) implements Binding<Object> {}

    /**
     * By the identical routing key.
     *
     * @param routingKey the key; case matters
     */
    record Direct(String routingKey) implements Binding<Object> {}

    /** Every event. */
    record Fanout() implements Binding<Object> {}

    /**
     * By headers. As in AMQP, names that begin with {@code x-} are not looked at.
     *
     * @param match whether all have to match or one is enough
     * @param values headers that must be there with this value
     * @param present headers that must be there with any value
     */
    record Headers(Match match, Map<String, String> values, Set<String> present) implements Binding<Object> {

        /** Copies both. */
        public Headers {
            values = Map.copyOf(values);
            present = Set.copyOf(present);
        }

        /**
         * With names of headers whose value does not matter, besides those that it has.
         *
         * @param names the names; one that it has already changes nothing
         * @return a copy
         */
        public Headers andPresent(String... names) {
            Set<String> all = new HashSet<>(present);
            all.addAll(List.of(names));
            return new Headers(match, values, all);
        }
    }

    /**
     * Any of several bindings; an event that several match is handled once.
     *
     * @param bindings at least one
     */
    record AnyOf(List<Binding<?>> bindings) implements Binding<Object> {

        /** Copies the bindings. */
        public AnyOf {
            bindings = List.copyOf(bindings);
            if (bindings.isEmpty()) {
                throw new IllegalArgumentException("no binding given: an event could never match");
            }
            if (bindings.stream().anyMatch(Raw.class::isInstance)) {
                throw new IllegalArgumentException(
                        "a raw binding among several: its handler gets one kind of payload; write raw(anyOf(…))");
            }
        }
    }

    /**
     * The same events, undecoded and whether they are registered or not.
     *
     * @param selection which events
     */
    record Raw(Binding<?> selection) implements Binding<RawEvent> {}

    /**
     * The events of one class.
     *
     * @param eventType a registered class
     * @param <T> the class
     * @return the binding
     */
    static <T> Binding<T> type(Class<T> eventType) {
        return new Type<>(Objects.requireNonNull(eventType, "eventType"));
    }

    /**
     * Events by pattern over their routing key, which is {@code aggregateType.type} unless the publisher chose another.
     *
     * @param pattern words separated by dots; {@code *} is exactly one word, {@code #} any number, also none
     * @return the binding
     */
    static Binding<Object> topic(String pattern) {
        return new Topic(Objects.requireNonNull(pattern, "pattern"));
    }

    /**
     * Events by routing key.
     *
     * @param routingKey the identical key
     * @return the binding
     */
    static Binding<Object> direct(String routingKey) {
        return new Direct(Objects.requireNonNull(routingKey, "routingKey"));
    }

    /**
     * Every event.
     *
     * @return the binding
     */
    static Binding<Object> fanout() {
        return new Fanout();
    }

    /**
     * Events that have all of these headers.
     *
     * @param values names and values
     * @return the binding
     */
    static Headers headersAll(Map<String, String> values) {
        return new Headers(Match.ALL, values, Set.of());
    }

    /**
     * Events that have at least one of these headers.
     *
     * @param values names and values
     * @return the binding
     */
    static Headers headersAny(Map<String, String> values) {
        return new Headers(Match.ANY, values, Set.of());
    }

    /**
     * Events that any of several bindings selects, each once.
     *
     * @param bindings at least one
     * @return the binding
     */
    static Binding<Object> anyOf(Binding<?>... bindings) {
        return new AnyOf(List.of(bindings));
    }

    /**
     * The events of another binding, undecoded and whether they are registered or not.
     *
     * @param selection which events
     * @return the binding
     */
    static Binding<RawEvent> raw(Binding<?> selection) {
        return new Raw(Objects.requireNonNull(selection, "selection"));
    }
}
