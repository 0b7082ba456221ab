package io.eventbus.cli;

import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes lines with many in flight, and counts what became of them. Memory is bounded by the bytes in flight, however
 * long the input. One thread publishes; outcomes arrive on threads of the bus.
 */
final class PublishRun {
    /** All permits together are the bytes in flight; a longer event goes alone. */
    private static final int MAX_BYTES_IN_FLIGHT = 32 << 20;

    private static final long PATIENCE_SECONDS = 5;
    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

    private final EventBus bus;
    private final boolean strict;
    private final PrintWriter err;
    private final Semaphore room = new Semaphore(MAX_BYTES_IN_FLIGHT, true);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long begin = System.nanoTime();
    /** Whether the end has been told; whoever sets it tells it. */
    private final AtomicBoolean told = new AtomicBoolean();

    private long lastProgress = begin;
    private volatile long line;

    PublishRun(EventBus bus, boolean strict, PrintWriter err) {
        this.bus = bus;
        this.strict = strict;
        this.err = err;
    }

    /**
     * Publishes every line that is an event, waits until the last outcome is known, and prints the counts.
     *
     * @return whether every line was published
     */
    boolean publishAll(LineReader lines, PrintWriter out) throws IOException, InterruptedException {
        boolean more = true;
        while (more && !stopped.get()) {
            more = publishNext(lines);
            showProgress();
        }
        room.acquire(MAX_BYTES_IN_FLIGHT);
        room.release(MAX_BYTES_IN_FLIGHT);
        if (told.compareAndSet(false, true)) {
            if (stopped.get()) {
                err.println("stopped after line " + line);
            }
            out.println(summary());
        }
        return failed.get() == 0 && !stopped.get();
    }

    /** Ends the reading from another thread, waits a little for what is in flight, and prints the counts. */
    void interrupt() {
        stopped.set(true);
        try {
            if (room.tryAcquire(MAX_BYTES_IN_FLIGHT, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                room.release(MAX_BYTES_IN_FLIGHT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (told.compareAndSet(false, true)) {
            err.println("interrupted after line " + line + ": " + summary());
        }
    }

    private String summary() {
        double seconds = seconds();
        return String.format(
                Locale.ROOT,
                "%d published, %d failed, %.2f s, %.0f events/s",
                published.get(),
                failed.get(),
                seconds,
                published.get() / seconds);
    }

    private boolean publishNext(LineReader lines) throws IOException, InterruptedException {
        try {
            Optional<String> text = lines.next();
            line = lines.number();
            if (text.isPresent() && !text.get().isBlank()) {
                publish(line, EventParser.parse(text.get()));
            }
            return text.isPresent();
        } catch (BadLineException e) {
            line = lines.number();
            reject(line, e, false);
            return true;
        }
    }

    private void publish(long number, Event<RawEvent> event) throws InterruptedException {
        int bytes = Math.min(Math.max(event.payload().body().length, 1), MAX_BYTES_IN_FLIGHT);
        room.acquire(bytes);
        bus.publishAsync(event).whenComplete((accepted, failure) -> {
            settle(number, failure);
            room.release(bytes);
        });
    }

    private void settle(long number, @Nullable Throwable failure) {
        if (failure == null) {
            published.incrementAndGet();
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        reject(number, cause, cause instanceof PublishException && !(cause instanceof InvalidEventException));
    }

    private void reject(long number, Throwable reason, boolean byTheBroker) {
        failed.incrementAndGet();
        err.println("line " + number + ": " + reason.getMessage());
        if (strict || byTheBroker) {
            stopped.set(true);
        }
    }

    private void showProgress() {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            err.println(line + " lines read, " + summary());
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
