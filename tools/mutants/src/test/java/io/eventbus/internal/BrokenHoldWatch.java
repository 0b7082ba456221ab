package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.spi.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Engines that give back at another time than they should what the broker lets a member hold for a while. */
public final class BrokenHoldWatch {

    private BrokenHoldWatch() {}

    /** Holds whatever it has until the broker takes it away. */
    public static EventBus ignoresLimit(BusConfig config, Transport transport) {
        return limitedBy(config, transport, limit -> Optional.empty());
    }

    /** Gives everything back when a fifth of the time is over. */
    public static EventBus givesBackEarly(BusConfig config, Transport transport) {
        return limitedBy(config, transport, limit -> limit.map(whole -> whole.dividedBy(4)));
    }

    private static EventBus limitedBy(BusConfig config, Transport transport, UnaryOperator<Optional<Duration>> limit) {
        return new Engine(new Parts(config, transport) {
            @Override
            HoldWatch makeHoldWatch(boolean ephemeral) {
                Optional<Duration> whole = ephemeral ? Optional.empty() : transport.holdLimit();
                return new HoldWatch(limit.apply(whole), config.maxInFlight(), System::nanoTime);
            }
        });
    }
}
