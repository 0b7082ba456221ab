package io.eventbus.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Numbers of lines, kept and printed as ranges. Thread-safe. */
final class LineRanges {
    private final Object lock = new Object();
    /** From the first line of each range to its last; ranges neither meet nor overlap. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Adds a line that was not added before; true if it is the first of all. */
    boolean add(long line) {
        synchronized (lock) {
            boolean first = ranges.isEmpty();
            Map.Entry<Long, Long> before = ranges.floorEntry(line);
            long start = before != null && before.getValue() == line - 1 ? before.getKey() : line;
            Long after = ranges.remove(line + 1);
            ranges.put(start, after == null ? line : after);
            return first;
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return ranges.isEmpty();
        }
    }

    @Override
    public String toString() {
        synchronized (lock) {
            return ranges.entrySet().stream().map(LineRanges::text).collect(Collectors.joining(", "));
        }
    }

    private static String text(Map.Entry<Long, Long> range) {
        return range.getKey().equals(range.getValue())
                ? Long.toString(range.getKey())
                : range.getKey() + "-" + range.getValue();
    }
}
