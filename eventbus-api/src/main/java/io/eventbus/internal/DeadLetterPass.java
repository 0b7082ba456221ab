package io.eventbus.internal;

import io.eventbus.DeadLetter;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Message;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One pass over the dead letters of a group that are meant, in the broker's order. Used by one thread. */
final class DeadLetterPass implements AutoCloseable {
    private static final int PAGE = 100;

    private final DeadLetterCursor cursor;
    private final Function<Message, DeadLetter> reading;
    private final Predicate<DeadLetter> meant;
    private final Queue<Message> page = new ArrayDeque<>();
    private long unread;

    /** Looks at so many letters at most. */
    DeadLetterPass(
            DeadLetterCursor cursor, Function<Message, DeadLetter> reading, Predicate<DeadLetter> meant, long limit) {
        this.cursor = cursor;
        this.reading = reading;
        this.meant = meant;
        this.unread = limit;
    }

    /**
     * A dead letter.
     *
     * @param message what is stored
     * @param content what that says
     */
    record Letter(Message message, DeadLetter content) {}

    /** The next letter that is meant; null at the end. */
    @Nullable Letter next() {
        for (Message message = read(); message != null; message = read()) {
            DeadLetter content = reading.apply(message);
            if (meant.test(content)) {
                return new Letter(message, content);
            }
        }
        return null;
    }

    /** Removes the letter that {@link #next} gave last. */
    void remove(Letter letter) {
        cursor.remove(letter.message());
    }

    @Override
    public void close() {
        cursor.close();
    }

    private @Nullable Message read() {
        if (unread == 0) {
            return null;
        }
        if (page.isEmpty()) {
            page.addAll(cursor.next((int) Math.min(PAGE, unread)));
        }
        unread--;
        return page.poll();
    }
}
