package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.Health;
import io.eventbus.HealthListener;
import io.eventbus.spi.Transport;
import java.util.function.UnaryOperator;

/** Engines that do not tell the health listener what it should hear. */
public final class BrokenHealthWatch {

    private BrokenHealthWatch() {}

    /** Nothing is told. */
    public static EventBus silent(BusConfig config, Transport transport) {
        return toldBy(config, transport, listener -> health -> {});
    }

    /** Trouble is told, its end is not. */
    public static EventBus silentOnReturn(BusConfig config, Transport transport) {
        return toldBy(config, transport, listener -> health -> {
            if (health.status() == Health.Status.DOWN) {
                listener.onHealth(health);
            }
        });
    }

    private static EventBus toldBy(BusConfig config, Transport transport, UnaryOperator<HealthListener> broken) {
        return new Engine(new Parts(config, transport) {
            @Override
            HealthWatch makeHealthWatch() {
                return new HealthWatch(broken.apply(config.healthListener()), lifecycle(), threads());
            }
        });
    }
}
