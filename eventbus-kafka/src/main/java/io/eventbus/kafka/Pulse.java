package io.eventbus.kafka;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker still answers. Kafka's clients reconnect by themselves and say nothing meanwhile, so each session asks
 * the broker something now and then, never waits for the answer, and is over when none has come in time. Used by one thread.
 *
 * @param <T> what the answer is
 */
final class Pulse<T> {

    private final Supplier<KafkaFuture<T>> question;
    private final long intervalNanos;
    private final KafkaErrors errors;
    private @Nullable KafkaFuture<T> open;
    private long asked = System.nanoTime();

    /**
     * The pulse of a session that has just heard of the broker.
     *
     * @param question what to ask; it fails by itself when its time is over
     * @param within how long an answer may take, which is asked for three times as often
     */
    Pulse(Supplier<KafkaFuture<T>> question, Duration within, KafkaErrors errors) {
        this.question = question;
        this.intervalNanos = within.toNanos() / 3;
        this.errors = errors;
    }

    /**
     * Asks if it is time to.
     *
     * @return the answer that has come since the last call, or null
     * @throws TransportException if there was no answer in time, or a bad one
     */
    @Nullable T check(String what) {
        KafkaFuture<T> asking = open;
        if (asking != null && asking.isDone()) {
            open = null;
            return read(asking, what);
        }
        if (asking == null && System.nanoTime() - asked >= intervalNanos) {
            asked = System.nanoTime();
            open = question.get();
        }
        return null;
    }

    private T read(KafkaFuture<T> answered, String what) {
        try {
            return answered.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, what, "interrupted");
        } catch (ExecutionException e) {
            throw errors.lost(what, Outcome.UNKNOWN, e);
        }
    }
}
