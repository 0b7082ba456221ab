package io.eventbus.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a commit says beside its offset: how far the group has been given the partition, which offsets before that are not
 * settled, and how often each of them was delivered. Everything else before that is settled.
 *
 * <p>As text: {@code eb1:} and, in Base64, runs of offsets that are alike. A run is a number whose lowest bit says whether
 * it is unsettled and whose other bits say how long it is; the count of deliveries follows if it is unsettled. Numbers have
 * seven bits a byte, the highest bit says that more follow. What is too long is cut: everything behind the cut counts as
 * never given to the group. Whoever gets the partition next, after a crash, a leave or a rebalance, gets all of it: what was
 * settled again, and what was not as if for the first time.
 *
 * @param next the first offset that was never given to the group
 * @param unsettled the deliveries of each offset before it that is not settled
 */
record CommitMetadata(long next, NavigableMap<Long, Integer> unsettled) {

    static final String VERSION = "eb1:";
    private static final int MAX_COUNT = 16_000;
    private static final int BYTES_EACH = 7;

    /**
     * Writes it.
     *
     * @param base the committed offset, the lowest unsettled one
     * @param limit how many characters it may have, at least those of the version
     */
    String encode(long base, int limit) {
        ByteBuffer bytes = ByteBuffer.allocate((unsettled.size() + 2) * BYTES_EACH * 2);
        int room = (limit - VERSION.length()) * 3 / 4;
        int fitting = 0;
        long from = base;
        while (from < next && bytes.position() <= room) {
            fitting = bytes.position();
            Integer count = unsettled.get(from);
            long end = count == null ? nextUnsettled(from) : endOfRun(from, count);
            write(bytes, ((end - from) << 1) | (count == null ? 0 : 1));
            if (count != null) {
                write(bytes, Math.min(count, MAX_COUNT));
            }
            from = end;
        }
        int length = bytes.position() <= room ? bytes.position() : fitting;
        byte[] written = Arrays.copyOf(bytes.array(), length);
        return VERSION + Base64.getEncoder().withoutPadding().encodeToString(written);
    }

    /**
     * Reads it; what somebody else wrote says nothing.
     *
     * @param base the committed offset
     */
    static CommitMetadata decode(long base, String text) {
        NavigableMap<Long, Integer> unsettled = new TreeMap<>();
        if (!text.startsWith(VERSION)) {
            return new CommitMetadata(base, unsettled);
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(VERSION.length())));
        long from = base;
        while (bytes.hasRemaining()) {
            long run = read(bytes);
            long end = from + (run >> 1);
            if ((run & 1) == 1) {
                int count = (int) read(bytes);
                for (long offset = from; offset < end; offset++) {
                    unsettled.put(offset, count);
                }
            }
            from = end;
        }
        return new CommitMetadata(from, unsettled);
    }

    /** How many offsets are settled between the committed one and the first that was never given out. */
    long settledAbove(long base) {
        return next - base - unsettled.size();
    }

    private long nextUnsettled(long from) {
        Long found = unsettled.ceilingKey(from);
        return found == null ? next : found;
    }

    private long endOfRun(long from, int count) {
        long end = from + 1;
        while (end < next && Integer.valueOf(count).equals(unsettled.get(end))) {
            end++;
        }
        return end;
    }

    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            number |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }
}
