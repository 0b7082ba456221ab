package io.eventbus.inmemory;

/**
 * A message at its place in a queue. Equal only to itself after as many deliveries, so that one that was given back and
 * delivered again is another; ordered by place.
 *
 * @param place the number in the order of arrival
 * @param deliveries how often it was handed over
 * @param message what is to be delivered
 */
record QueuedMessage(long place, int deliveries, StoredMessage message) implements Comparable<QueuedMessage> {

    boolean isRedelivery() {
        return deliveries > 0;
    }

    QueuedMessage delivered() {
        return new QueuedMessage(place, deliveries + 1, message);
    }

    @Override
    public int compareTo(QueuedMessage other) {
        return Long.compare(place, other.place);
    }
}
