package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens one session after another, with pauses between failures, until it is stopped. Used by the session's thread. */
final class SessionOpener {
    private final Backoff backoff;
    private final SessionState state;
    private final CountDownLatch stop;
    private long openedAt = System.nanoTime();

    SessionOpener(BusConfig config, SessionState state, CountDownLatch stop) {
        this.backoff = new Backoff(config.reconnectDelay(), config.reconnectMaxDelay(), ThreadLocalRandom.current());
        this.state = state;
        this.stop = stop;
    }

    /** A session, or null if it was stopped before there was one. Every failure is told. */
    <S> @Nullable S open(Supplier<S> opening, Consumer<TransportException> onFailure) {
        while (!isStopped()) {
            try {
                S session = opening.get();
                openedAt = System.nanoTime();
                state.up();
                return session;
            } catch (RuntimeException | Error e) {
                TransportException failure = classify(e);
                state.down(failure.getMessage());
                onFailure.accept(failure);
                pause();
            }
        }
        return null;
    }

    /** The session is lost. One that had lasted does not count against the next; one that had not is waited for. */
    void lost(TransportException cause) {
        state.down(cause.getMessage());
        if (Duration.ofNanos(System.nanoTime() - openedAt).compareTo(Duration.ofSeconds(1)) > 0) {
            backoff.reset();
        } else {
            pause();
        }
    }

    boolean isStopped() {
        return stop.getCount() == 0;
    }

    static TransportException classify(Throwable failure) {
        if (failure instanceof TransportException known) {
            return known;
        }
        return new TransportException(Kind.INTERNAL, Outcome.UNKNOWN, "the transport failed: " + failure, failure);
    }

    private void pause() {
        try {
            if (stop.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }
}
