package io.eventbus.cli;

import io.eventbus.Event;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a tail writes its lines. It ends once, when it has written enough, when it cannot write, or when it is told to;
 * from then on it refuses every event, so that none counts as handled that was not written. Thread-safe.
 */
final class TailOutput {
    private final OutputStream out;
    private final Function<Event<RawEvent>, String> format;
    private final long limit;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();
    private final AtomicLong count = new AtomicLong();
    private volatile @Nullable IOException failure;

    TailOutput(OutputStream out, Function<Event<RawEvent>, String> format, long limit) {
        this.out = out;
        this.format = format;
        this.limit = limit;
    }

    /**
     * Writes an event and flushes.
     *
     * @throws TailEndedException if the tail has ended, or ends since the line cannot be written
     */
    void write(Event<RawEvent> event) {
        byte[] line = (format.apply(event) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (lock) {
            if (ended.getCount() == 0) {
                throw new TailEndedException(failure);
            }
            writeOrEnd(line);
            if (count.incrementAndGet() == limit) {
                end();
            }
        }
    }

    /** Ends the tail: a line that is being written is the last one. */
    void end() {
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** How many events were written. */
    long count() {
        return count.get();
    }

    /** Why no more could be written; empty if the tail ended otherwise, or if nobody reads any more. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure).filter(e -> !Console.isUnread(e));
    }

    /** The lock must be held. */
    private void writeOrEnd(byte[] line) {
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            failure = e;
            end();
            throw new TailEndedException(e);
        }
    }
}
