package io.eventbus.kafka;

import io.eventbus.spi.TransportException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Several questions to the broker that make one, with one deadline. Used by one thread. */
final class Inquiry {

    private final Admin admin;
    private final KafkaErrors errors;
    private final String what;
    private final long end;

    /**
     * Asks nothing yet.
     *
     * @param what what cannot be done if the broker does not answer, for the message
     * @param end when the time is up, by {@link System#nanoTime}
     */
    Inquiry(Admin admin, KafkaErrors errors, String what, long end) {
        this.admin = admin;
        this.errors = errors;
        this.what = what;
        this.end = end;
    }

    /** Asks and waits for the answer. */
    <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try {
            return await(question);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /** Asks and waits for the answer; empty if it is an error that says that there is none. */
    <T> Optional<T> askUnless(Class<? extends Exception> none, Function<Admin, KafkaFuture<T>> question) {
        try {
            return Optional.of(await(question));
        } catch (ExecutionException e) {
            if (none.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw failed(e);
        }
    }

    /** The one of several answers that is for this name. The client has one for each name that it was asked for. */
    static <T> T answer(Map<String, T> answers, String name) {
        return Objects.requireNonNull(answers.get(name), name);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    TransportException failed(Exception cause) {
        return errors.failed(what, cause);
    }

    private <T> T await(Function<Admin, KafkaFuture<T>> question) throws ExecutionException {
        try {
            return question.apply(admin).get(remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw failed(new InterruptException(e));
        }
    }
}
