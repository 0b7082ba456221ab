package io.eventbus.tck;

import io.eventbus.EventBusBuilder;
import java.time.Duration;

/** For transports on which nothing comes of waiting. Made by the kit, by its name. */
public final class ShortTimeouts implements BuilderSeam {

    @Override
    public EventBusBuilder alter(EventBusBuilder builder) {
        return builder.openTimeout(Duration.ofMillis(200)).closeTimeout(Duration.ofMillis(200));
    }
}
