package io.eventbus.cli;

import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
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
    private static final long NOT_FAILING = Long.MAX_VALUE;
    private static final long GIVE_UP_NANOS = Duration.ofSeconds(30).toNanos();

    private final EventBus bus;
    private final boolean strict;
    private final Console console;
    private final Semaphore room = new Semaphore(MAX_BYTES_IN_FLIGHT, true);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final LineRanges unaccepted = new LineRanges();
    private final LineRanges unanswered = new LineRanges();
    /** Since when the broker has accepted nothing that it was given, counted from the beginning. */
    private final AtomicLong failingSince = new AtomicLong(NOT_FAILING);
    /** Whether the end has been told; whoever sets it tells it. */
    private final AtomicBoolean told = new AtomicBoolean();

    private final long begin;
    private volatile long line;

    PublishRun(EventBus bus, boolean strict, Console console) {
        this.bus = bus;
        this.strict = strict;
        this.console = console;
        this.begin = console.clock().getAsLong();
    }

    /**
     * Publishes every line that is an event, waits until the last outcome is known, and prints the counts.
     *
     * @return whether every line was published
     */
    boolean publishAll(LineReader lines) throws IOException, InterruptedException {
        Progress progress = new Progress(console);
        boolean more = true;
        while (more && !stopped.get()) {
            more = publishNext(lines);
            progress.made(() -> line + " lines read, " + summary());
        }
        room.acquire(MAX_BYTES_IN_FLIGHT);
        room.release(MAX_BYTES_IN_FLIGHT);
        if (told.compareAndSet(false, true)) {
            tellLines(stopped.get() ? "stopped" : "");
            console.text().println(summary());
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
            tellLines("interrupted");
            console.err().println(summary());
        }
    }

    private void tellLines(String endedEarly) {
        if (!unaccepted.isEmpty()) {
            console.err().println("not accepted by the broker: lines " + unaccepted);
        }
        if (!unanswered.isEmpty()) {
            console.err().println("perhaps accepted by the broker, which gave no answer: lines " + unanswered);
        }
        if (!endedEarly.isEmpty()) {
            console.err().println(endedEarly + " after line " + line);
        }
    }

    private String summary() {
        double seconds = nanos() / 1e9;
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
            reject(line, e);
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
            failingSince.set(NOT_FAILING);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof InvalidEventException) {
            reject(number, cause);
        } else {
            notAccepted(number, cause);
        }
    }

    private void reject(long number, Throwable reason) {
        failed.incrementAndGet();
        console.err().println("line " + number + ": " + reason.getMessage());
        if (strict) {
            stopped.set(true);
        }
    }

    /** With a broker that is away, everything in flight fails: of that only the first line of each kind is told at once. */
    private void notAccepted(long number, Throwable reason) {
        failed.incrementAndGet();
        boolean sure = reason instanceof PublishException failure && failure.outcome() == Outcome.NOT_ACCEPTED;
        if ((sure ? unaccepted : unanswered).add(number)) {
            console.err().println("line " + number + ": " + reason.getMessage());
        }
        long now = nanos();
        failingSince.compareAndSet(NOT_FAILING, now);
        if (strict || now - failingSince.get() > GIVE_UP_NANOS) {
            stopped.set(true);
        }
    }

    private long nanos() {
        return console.clock().getAsLong() - begin;
    }
}
