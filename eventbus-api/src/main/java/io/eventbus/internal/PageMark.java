package io.eventbus.internal;

import io.eventbus.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a page of dead letters ended. Names a place in the order of time and id, not a letter, so that it holds when that letter
 * is gone.
 *
 * @param lastFailure that of the last letter shown
 * @param id its id
 * @param shown how many letters with just these two were shown
 */
record PageMark(Instant lastFailure, String id, long shown) implements Comparable<PageMark> {
    private static final String SEPARATOR = " ";
    private static final int PARTS = 3;

    /** Before every letter. */
    static final PageMark START = new PageMark(Instant.MIN, "", 0);

    static PageMark at(DeadLetter letter, long shown) {
        return new PageMark(letter.lastFailure(), letter.event().id(), shown);
    }

    static PageMark parse(String mark) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(mark), StandardCharsets.UTF_8);
            String[] parts = text.split(SEPARATOR, PARTS);
            return new PageMark(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
        } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + mark + "' is not the mark of a page", e);
        }
    }

    /** By place, however many were shown there. */
    @Override
    public int compareTo(PageMark other) {
        return Comparator.comparing(PageMark::lastFailure)
                .thenComparing(PageMark::id)
                .compare(this, other);
    }

    boolean isSamePlace(PageMark other) {
        return compareTo(other) == 0;
    }

    @Override
    public String toString() {
        String text = lastFailure + SEPARATOR + shown + SEPARATOR + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
