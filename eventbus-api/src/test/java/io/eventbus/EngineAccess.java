package io.eventbus;

import io.eventbus.spi.Transport;
import java.util.function.BiFunction;

/** Lets the tests of the engine give a builder another engine. */
public final class EngineAccess {

    private EngineAccess() {}

    /** The same builder, which makes its bus in another way. */
    public static EventBusBuilder replace(
            EventBusBuilder builder, BiFunction<BusConfig, Transport, EventBus> constructor) {
        return builder.engine(constructor);
    }
}
