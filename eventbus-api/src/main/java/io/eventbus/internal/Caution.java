package io.eventbus.internal;

import io.eventbus.spi.Delivery;
import java.time.Duration;
import java.util.List;

/**
 * How many messages a member asks for, by what it took last. A broker counts deliveries, not handlers: whatever a member had
 * when it died has been delivered once more. So that an event which takes its members down ends in the dead letters and takes
 * no other with it, a session begins with one message, and next to one that was delivered suspiciously often no other is taken
 * for a while. Used by the thread that polls, but for {@link #waitsForOne}.
 */
final class Caution {

    /** What takes its member down does so soon; and it must not hold up others for as long as a handler or a pause may last. */
    static final Duration ALONE = Duration.ofSeconds(5);

    private enum Stage {
        BEGINNING,
        ALONE,
        NONE
    }

    private final int suspiciousAfter;
    private volatile Stage stage = Stage.BEGINNING;
    private Deadline alone = Deadline.in(Duration.ZERO);

    /** @param maxDeliveries after how many an event is given up; more than half of them, and at least two, are suspicious */
    Caution(int maxDeliveries) {
        this.suspiciousAfter = Math.max(1, maxDeliveries / 2);
    }

    /** A session begins: who knows what the last one died of. */
    void begin() {
        stage = Stage.BEGINNING;
    }

    /** To be told before any of these is handled. */
    void taking(List<Delivery> deliveries) {
        if (deliveries.stream().anyMatch(delivery -> delivery.deliveryCount() > suspiciousAfter)) {
            alone = Deadline.in(ALONE);
            stage = Stage.ALONE;
        } else if (!deliveries.isEmpty()) {
            stage = Stage.NONE;
        }
    }

    /** How many to ask for, with so many in flight and room for so many more. */
    int room(int inFlight, int free) {
        return switch (stage) {
            case BEGINNING -> Math.min(1, free);
            case ALONE -> alone.isOver() ? free : inFlight > 0 ? 0 : Math.min(1, free);
            case NONE -> free;
        };
    }

    /** Whether it matters that nothing is in flight any more. Any thread. */
    boolean waitsForOne() {
        return stage == Stage.ALONE;
    }
}
