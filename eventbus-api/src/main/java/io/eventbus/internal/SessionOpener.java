package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens one session after another, with pauses between failures, until it is stopped. Used by the session's thread. */
final class SessionOpener {
    private static final long LASTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Backoff backoff;
    private final SessionState state;
    private final CountDownLatch stop;
    private final LongSupplier clock;
    private long openedAt;

    SessionOpener(BusConfig config, SessionState state, CountDownLatch stop) {
        this(
                new Backoff(config.reconnectDelay(), config.reconnectMaxDelay(), ThreadLocalRandom.current()),
                state,
                stop,
                System::nanoTime);
    }

    /** By a clock that counts nanoseconds. */
    SessionOpener(Backoff backoff, SessionState state, CountDownLatch stop, LongSupplier clock) {
        this.backoff = backoff;
        this.state = state;
        this.stop = stop;
        this.clock = clock;
    }

    /** A session, or null if it was stopped before there was one. Every failure is told. */
    <S> @Nullable S open(Supplier<S> opening, Consumer<TransportException> onFailure) {
        while (!isStopped()) {
            try {
                S session = opening.get();
                openedAt = clock.getAsLong();
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

    /**
     * The session is lost; pauses, since others have lost theirs at the same moment and would all come back in the next. One
     * that had lasted does not count against the next: the first pause holds again.
     */
    void lost(TransportException cause) {
        state.down(cause.getMessage());
        if (clock.getAsLong() - openedAt > LASTED_NANOS) {
            backoff.reset();
        }
        pause();
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
