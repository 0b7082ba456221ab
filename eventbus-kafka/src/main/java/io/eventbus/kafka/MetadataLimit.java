package io.eventbus.kafka;

/**
 * How much a commit may say beside its offset. The broker's {@code offset.metadata.max.bytes} is not there to be asked for by
 * everybody: it shows when a commit is refused. Used by one thread.
 */
final class MetadataLimit {

    /** What a broker takes unless it is told otherwise. */
    static final int DEFAULT = 4096;

    /** So many unsettled offsets fit into that, however they lie. */
    private static final int UNSETTLED_IN_DEFAULT = 430;

    private int characters = DEFAULT;

    int characters() {
        return characters;
    }

    /** How many unsettled offsets fit, however they lie. */
    int unsettled() {
        return characters * UNSETTLED_IN_DEFAULT / DEFAULT;
    }

    /** The broker takes less; false if it takes too little. */
    boolean lower() {
        characters /= 2;
        return characters >= CommitMetadata.VERSION.length();
    }
}
