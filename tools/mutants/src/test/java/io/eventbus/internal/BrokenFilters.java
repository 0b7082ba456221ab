package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.DeadLetterFilter;
import io.eventbus.EventBus;
import io.eventbus.spi.Transport;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Engines that take other dead letters than a filter means. */
public final class BrokenFilters {

    private static final int MARK = 2;

    private BrokenFilters() {}

    /** Of any type. */
    public static EventBus ignoresType(BusConfig config, Transport transport) {
        return filteringBy(
                config,
                transport,
                asked -> new DeadLetterFilter(
                        asked.ids(), null, asked.key(), asked.reason(), asked.failedFrom(), asked.failedBefore()));
    }

    /** Of any key. */
    public static EventBus ignoresKey(BusConfig config, Transport transport) {
        return filteringBy(
                config,
                transport,
                asked -> new DeadLetterFilter(
                        asked.ids(), asked.type(), null, asked.reason(), asked.failedFrom(), asked.failedBefore()));
    }

    /** For any reason. */
    public static EventBus ignoresReason(BusConfig config, Transport transport) {
        return filteringBy(
                config,
                transport,
                asked -> new DeadLetterFilter(
                        asked.ids(), asked.type(), asked.key(), null, asked.failedFrom(), asked.failedBefore()));
    }

    /** However old. */
    public static EventBus ignoresFrom(BusConfig config, Transport transport) {
        return filteringBy(config, transport, asked -> within(asked, null, asked.failedBefore()));
    }

    /** However new. */
    public static EventBus ignoresBefore(BusConfig config, Transport transport) {
        return filteringBy(config, transport, asked -> within(asked, asked.failedFrom(), null));
    }

    /** From behind the first time on, up to the second and with it. */
    public static EventBus shiftsTimes(BusConfig config, Transport transport) {
        return filteringBy(
                config,
                transport,
                asked -> within(asked, justBehind(asked.failedFrom()), justBehind(asked.failedBefore())));
    }

    private static Instant justBehind(Instant time) {
        return time == null ? null : time.plusNanos(1);
    }

    private static DeadLetterFilter within(DeadLetterFilter asked, Instant from, Instant before) {
        return new DeadLetterFilter(asked.ids(), asked.type(), asked.key(), asked.reason(), from, before);
    }

    /** Counts all. */
    public static EventBus countsAll(BusConfig config, Transport transport) {
        return forgettingIn(config, transport, "count");
    }

    /** Removes all. */
    public static EventBus purgesAll(BusConfig config, Transport transport) {
        return forgettingIn(config, transport, "purge");
    }

    /** Shows by the filter on the first page only. */
    public static EventBus forgetsOnLaterPages(BusConfig config, Transport transport) {
        return BrokenDesk.withDesk(config, transport, (method, args) -> {
            if (args != null && args.length > MARK && args[MARK] != null) {
                args[0] = DeadLetterFilter.all();
            }
        });
    }

    private static EventBus forgettingIn(BusConfig config, Transport transport, String name) {
        return BrokenDesk.withDesk(config, transport, (method, args) -> {
            if (method.getName().equals(name) && args != null) {
                args[0] = DeadLetterFilter.all();
            }
        });
    }

    private static EventBus filteringBy(
            BusConfig config, Transport transport, UnaryOperator<DeadLetterFilter> falsified) {
        return BrokenDesk.withDesk(config, transport, (method, args) -> {
            for (int i = 0; args != null && i < args.length; i++) {
                if (args[i] instanceof DeadLetterFilter asked) {
                    args[i] = falsified.apply(asked);
                }
            }
        });
    }
}
