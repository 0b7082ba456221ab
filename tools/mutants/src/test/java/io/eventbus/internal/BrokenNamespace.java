package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.spi.Transport;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Engines that do not keep namespaces apart. */
public final class BrokenNamespace {

    private BrokenNamespace() {}

    /** As if there were none. */
    public static EventBus ignored(BusConfig config, Transport transport) {
        return named(config, transport, topic -> topic);
    }

    /** Written before the topic with a sign between them that both may hold. */
    public static EventBus joinedByDot(BusConfig config, Transport transport) {
        return named(config, transport, topic -> config.namespace() + "." + topic);
    }

    /** Written in lower case. */
    public static EventBus foldsCase(BusConfig config, Transport transport) {
        String folded = String.valueOf(config.namespace()).toLowerCase(Locale.ROOT);
        return named(config, transport, new Namespace(folded)::topic);
    }

    private static EventBus named(BusConfig config, Transport transport, UnaryOperator<String> names) {
        return new Engine(new Parts(config, transport) {
            @Override
            Namespace makeNamespace() {
                return new Namespace(config().namespace()) {
                    @Override
                    String topic(String topic) {
                        return names.apply(topic);
                    }
                };
            }
        });
    }
}
