package io.eventbus.inmemory;

/**
 * A message at its place in a queue. Equal only to itself after as many deliveries, so that one that was given back and
 * delivered again is another; ordered by place.
 *
 * @param place the number in the order of arrival
 * @param deliveries how often it was handed over
 * @param handedBack how often it was given back after that in order, which is no sign of a crash
 * @param message what is to be delivered
 */
record QueuedMessage(long place, int deliveries, int handedBack, StoredMessage message)
        implements Comparable<QueuedMessage> {

    /** Whether a member ended that had not settled it. */
    boolean isRedelivery() {
        return deliveryCount() > 0;
    }

    QueuedMessage delivered() {
        return new QueuedMessage(place, deliveries + 1, handedBack, message);
    }

    QueuedMessage released() {
        return new QueuedMessage(place, deliveries, handedBack + 1, message);
    }

    /** {@return how often it was handed over, but for when it was given back} */
    int deliveryCount() {
        return deliveries - handedBack;
    }

    @Override
    public int compareTo(QueuedMessage other) {
        return Long.compare(place, other.place);
    }
}
