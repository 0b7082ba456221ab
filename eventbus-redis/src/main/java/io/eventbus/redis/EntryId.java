package io.eventbus.redis;

/** An id of a stream's entry. Each stream gives its own in rising order; both parts have no sign. */
record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    /** Reads what Redis writes. */
    static EntryId parse(String text) {
        int dash = text.indexOf('-');
        return new EntryId(
                Long.parseUnsignedLong(text.substring(0, dash)), Long.parseUnsignedLong(text.substring(dash + 1)));
    }

    @Override
    public int compareTo(EntryId other) {
        int byMillis = Long.compareUnsigned(millis, other.millis);
        return byMillis == 0 ? Long.compareUnsigned(sequence, other.sequence) : byMillis;
    }
}
