package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.LONG;
import static io.eventbus.inmemory.Bench.numbers;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.texts;
import static io.eventbus.inmemory.Bench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a receiver waits. */
@Timeout(60)
class PollTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Bench bench = new Bench();
    private final Receiver receiver = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("a poll returns when a message arrives")
    void returnsOnArrival() {
        CompletableFuture<List<Delivery>> poll = waiting(receiver);
        bench.send("1");
        assertThat(texts(poll.join())).containsExactly("1");
    }

    @Test
    @DisplayName("a poll returns at once when something is there")
    void returnsWhatIsThere() {
        bench.send("1");
        assertThat(texts(receiver.poll(10, LONG))).containsExactly("1");
    }

    @Test
    @DisplayName("a poll that finds nothing returns nothing when its time is over, not before")
    void waitsItsTime() {
        assertPollWaits();
    }

    @Test
    @DisplayName("a poll hands over at most as many as it is asked for")
    void respectsTheMaximum() {
        bench.send(numbers(1, 5));
        assertThat(texts(receiver.poll(2, LONG))).containsExactly("1", "2");
        assertThat(texts(receiver.poll(10, LONG))).containsExactly("3", "4", "5");
    }

    @Test
    @DisplayName("a poll for none hands over nothing although there is something")
    void pollForNone() {
        bench.send("1");
        assertThat(receiver.poll(0, Duration.ZERO)).isEmpty();
        assertThat(texts(take(receiver))).containsExactly("1");
    }

    @Test
    @DisplayName("a poll for none waits until it is woken")
    void pollForNoneIsWoken() {
        CompletableFuture<List<Delivery>> poll = waiting(receiver, 0);
        receiver.wakeup();
        assertThat(poll.join()).isEmpty();
    }

    @Test
    @DisplayName("waking ends a poll in progress")
    void wakes() {
        CompletableFuture<List<Delivery>> poll = waiting(receiver);
        receiver.wakeup();
        assertThat(poll.join()).isEmpty();
    }

    @Test
    @DisplayName("waking ends the next poll if none is in progress")
    void wakesTheNext() {
        receiver.wakeup();
        assertThat(receiver.poll(10, LONG)).isEmpty();
    }

    @Test
    @DisplayName("waking many times ends one poll")
    void wakesOnce() {
        receiver.wakeup();
        receiver.wakeup();
        receiver.wakeup();
        assertThat(receiver.poll(10, LONG)).isEmpty();
        assertPollWaits();
    }

    @Test
    @DisplayName("a message that was fetched at once does not end the next poll")
    void arrivalWakesOnce() {
        bench.send("1");
        take(receiver);
        assertPollWaits();
    }

    @Test
    @DisplayName("an interrupt ends a poll and stays visible")
    void keepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThat(receiver.poll(10, LONG)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("closing the receiver ends a poll in progress and refuses the next")
    void closingEndsThePoll() {
        CompletableFuture<List<Delivery>> poll = waiting(receiver);
        receiver.close();
        Refused.by(() -> cause(poll), Kind.UNAVAILABLE);
        Refused.by(() -> take(receiver), Kind.UNAVAILABLE);
        Refused.by(() -> receiver.bind(RoutingPattern.ALL), Kind.UNAVAILABLE);
    }

    @Test
    @DisplayName("closing the transport ends a poll in progress")
    void closingTheTransportEndsThePoll() {
        CompletableFuture<List<Delivery>> poll = waiting(receiver);
        bench.transport.close();
        Refused.by(() -> cause(poll), Kind.UNAVAILABLE);
    }

    private void assertPollWaits() {
        long start = System.nanoTime();
        assertThat(receiver.poll(10, SHORT)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    private static void cause(CompletableFuture<?> failed) throws Throwable {
        try {
            failed.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }
}
