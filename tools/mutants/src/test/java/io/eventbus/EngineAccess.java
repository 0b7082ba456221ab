package io.eventbus;

import io.eventbus.spi.Transport;
import java.util.function.BiFunction;

/** Lets the kit's own tests put another engine into a bus. */
public final class EngineAccess {

    private EngineAccess() {}

    /**
     * Replaces the engine.
     *
     * @param builder the builder of the bus
     * @param engine makes the bus
     * @return the builder
     */
    public static EventBusBuilder replace(EventBusBuilder builder, BiFunction<BusConfig, Transport, EventBus> engine) {
        return builder.engine(engine);
    }
}
