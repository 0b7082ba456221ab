package io.eventbus.internal;

import io.eventbus.Binding;
import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.spi.Message;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.Transport;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Engines that select the wrong events. */
public final class BrokenSelector {

    private BrokenSelector() {}

    /** The aggregate is not looked at. */
    public static EventBus ignoresAggregate(BusConfig config, Transport transport) {
        return selecting(config, transport, Binding.Type.class, (binding, message) -> {
            Class<?> eventType = binding.eventType();
            String type = config.registry().find(eventType).orElseThrow().type();
            return type.equals(message.type());
        });
    }

    /** Routing keys in any case. */
    public static EventBus ignoresCase(BusConfig config, Transport transport) {
        return selecting(
                config,
                transport,
                Binding.Direct.class,
                (binding, message) -> message.routingKey().equalsIgnoreCase(binding.routingKey()));
    }

    /** {@code #} stands for one word or more. */
    public static EventBus hashNeedsWord(BusConfig config, Transport transport) {
        return matching(config, transport, "[^.]*", "[^.]*(\\.[^.]*)*");
    }

    /** {@code *} stands for any text. */
    public static EventBus starTakesAll(BusConfig config, Transport transport) {
        return matching(config, transport, ".*", ".*");
    }

    private static EventBus matching(BusConfig config, Transport transport, String star, String hash) {
        return selecting(config, transport, Binding.Topic.class, (binding, message) -> {
            String quoted = "\\Q" + binding.pattern() + "\\E";
            String regex = quoted.replace("*", "\\E" + star + "\\Q").replace("#", "\\E" + hash + "\\Q");
            return Pattern.compile(regex, Pattern.DOTALL)
                    .matcher(message.routingKey())
                    .matches();
        });
    }

    /** All headers have to match although any would do. */
    public static EventBus anyIsAll(BusConfig config, Transport transport) {
        return selecting(
                config,
                transport,
                Binding.Headers.class,
                (binding, message) -> binding.values().entrySet().stream()
                                .allMatch(wanted -> wanted.getValue()
                                        .equals(message.headers().get(wanted.getKey())))
                        && message.headers().keySet().containsAll(binding.present()));
    }

    /** The values of headers are not looked at. */
    public static EventBus ignoresValues(BusConfig config, Transport transport) {
        return selecting(config, transport, Binding.Headers.class, (binding, message) -> switch (binding.match()) {
            case ALL ->
                message.headers().keySet().containsAll(binding.values().keySet())
                        && message.headers().keySet().containsAll(binding.present());
            case ANY ->
                binding.values().keySet().stream().anyMatch(message.headers()::containsKey)
                        || binding.present().stream().anyMatch(message.headers()::containsKey);
        });
    }

    /** A fanout that leaves out events without a routing key. */
    public static EventBus fanoutNeedsKey(BusConfig config, Transport transport) {
        return selecting(
                config,
                transport,
                Binding.Fanout.class,
                (binding, message) -> !message.routingKey().isEmpty());
    }

    private static <B extends Binding<?>> EventBus selecting(
            BusConfig config, Transport transport, Class<B> kind, BiPredicate<B, Message> matches) {
        return new Engine(new Parts(config, transport) {
            @Override
            Selector makeSelector(Binding<?> binding) {
                Selector selector = super.makeSelector(binding);
                return kind.isInstance(binding)
                        ? new Selector(
                                message -> matches.test(kind.cast(binding), message),
                                Set.of(RoutingPattern.ALL),
                                selector.types(),
                                selector.raw(),
                                selector.wildcard())
                        : selector;
            }
        });
    }
}
