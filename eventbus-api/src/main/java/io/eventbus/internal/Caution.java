package io.eventbus.internal;

/**
 * How much a member takes at once, by what it took last. The broker counts deliveries, not handlers: whatever a member
 * had when it died has been delivered once more. So that an event which takes its members down ends in the dead letters and takes no
 * other with it, an event that was delivered suspiciously often is handled with no other beside it.
 */
enum Caution {
    /** A session begins: who knows what the last one died of. */
    ONE_FIRST,
    /** What was taken last may be what takes members down. */
    ONE_ALONE,
    /** Nothing is wrong. */
    NONE;

    static Caution after(int deliveryCount, int maxDeliveries) {
        return deliveryCount > Math.max(1, maxDeliveries / 2) ? ONE_ALONE : NONE;
    }

    /** How many to ask for, with so many in flight and room for so many more. */
    int room(int inFlight, int free) {
        return switch (this) {
            case ONE_FIRST -> Math.min(1, free);
            case ONE_ALONE -> inFlight > 0 ? 0 : Math.min(1, free);
            case NONE -> free;
        };
    }
}
