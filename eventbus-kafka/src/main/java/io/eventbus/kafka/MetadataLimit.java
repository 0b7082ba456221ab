package io.eventbus.kafka;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much a commit may say beside its offset. The broker's {@code offset.metadata.max.bytes} is not there to be asked for by
 * everybody: it shows when a commit is refused, to one session for all of the same transport. Thread-safe.
 */
final class MetadataLimit {

    /** What a broker takes unless it is told otherwise. */
    static final int DEFAULT = 4096;

    /** So many unsettled offsets fit into that, however they lie. */
    private static final int UNSETTLED_IN_DEFAULT = 430;

    private final AtomicInteger characters = new AtomicInteger(DEFAULT);

    int characters() {
        return characters.get();
    }

    /** How many unsettled offsets fit, however they lie. */
    int unsettled() {
        return characters() * UNSETTLED_IN_DEFAULT / DEFAULT;
    }

    /**
     * The broker takes less; false if it takes too little.
     *
     * @param refused what it was that it did not take: another session may have learned that already
     */
    boolean lower(int refused) {
        int less = refused / 2;
        if (less < CommitMetadata.VERSION.length()) {
            return false;
        }
        characters.compareAndSet(refused, less);
        return true;
    }
}
