package io.eventbus;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, and what to ask for the next ones.
 *
 * @param letters those that failed first come first
 * @param nextMark what to give to {@link DeadLetters#list(DeadLetterFilter, int, String)} for the page behind this one, or
 *     null if there was none
 */
public record DeadLetterPage(
        List<DeadLetter> letters, @Nullable String nextMark) {

    /** Copies the list. */
    public DeadLetterPage {
        letters = List.copyOf(letters);
    }

    /**
     * What to ask for the page behind this one.
     *
     * @return the mark; empty if this was the last page when it was read
     */
    public Optional<String> next() {
        return Optional.ofNullable(nextMark);
    }
}
