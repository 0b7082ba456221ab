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

    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

    private final EventBus bus;
    private final boolean strict;
    private final PrintWriter err;
    private final Semaphore room = new Semaphore(MAX_BYTES_IN_FLIGHT, true);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long begin = System.nanoTime();
    private long lastProgress = begin;

    PublishRun(EventBus bus, boolean strict, PrintWriter err) {
        this.bus = bus;
        this.strict = strict;
        this.err = err;
    }

    /** Publishes every line that is an event, and returns when the last outcome is known. */
    void publishAll(LineReader lines) throws IOException, InterruptedException {
        boolean more = true;
        while (more && !stopped.get()) {
            more = publishNext(lines);
            showProgress(lines.number());
        }
        room.acquire(MAX_BYTES_IN_FLIGHT);
        if (stopped.get()) {
            err.println("stopped after line " + lines.number());
        }
    }

    /** How many lines were no event or were not accepted by the broker. */
    long failed() {
        return failed.get();
    }

    /** The counts and the rate. */
    String summary() {
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
            Optional<String> line = lines.next();
            if (line.isPresent() && !line.get().isBlank()) {
                publish(lines.number(), EventParser.parse(line.get()));
            }
            return line.isPresent();
        } catch (BadLineException e) {
            reject(lines.number(), e, false);
            return true;
        }
    }

    private void publish(long line, Event<RawEvent> event) throws InterruptedException {
        int bytes = Math.min(Math.max(event.payload().body().length, 1), MAX_BYTES_IN_FLIGHT);
        room.acquire(bytes);
        bus.publishAsync(event).whenComplete((accepted, failure) -> {
            settle(line, failure);
            room.release(bytes);
        });
    }

    private void settle(long line, @Nullable Throwable failure) {
        if (failure == null) {
            published.incrementAndGet();
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        reject(line, cause, cause instanceof PublishException && !(cause instanceof InvalidEventException));
    }

    private void reject(long line, Throwable reason, boolean byTheBroker) {
        failed.incrementAndGet();
        err.println("line " + line + ": " + reason.getMessage());
        if (strict || byTheBroker) {
            stopped.set(true);
        }
    }

    private void showProgress(long lines) {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            err.println(lines + " lines read, " + summary());
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
