package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventbus.BatchPublishException;
import io.eventbus.BusError;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventCodec;
import io.eventbus.EventDefinition;
import io.eventbus.EventType;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.PublishOutcome;
import io.eventbus.RawEvent;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What publishers are told when publishing meets trouble. */
@Timeout(60)
class PublishingTest {

    private static final int FAILS = 2;

    /** What a publishing thread met, and whether it was still interrupted then. */
    private record Met(Throwable failure, boolean interrupted) {}

    private static RawEvent event(String key) {
        return new RawEvent("Order", "Placed", key, "application/json", new byte[0]);
    }

    /** Publishes on a thread of its own, which is interrupted when so many messages have been sent without an answer. */
    private static Met interruptedAfter(int sent, Consumer<EngineBench> publishing) {
        try (EngineBench bench = new EngineBench()) {
            bench.transport().answerSends(CompletableFuture::new);
            bench.bus().start();
            CompletableFuture<Met> met = new CompletableFuture<>();
            Thread publisher = new Thread(() -> {
                try {
                    publishing.accept(bench);
                } catch (RuntimeException e) {
                    met.complete(new Met(e, Thread.currentThread().isInterrupted()));
                }
            });
            publisher.start();
            bench.transport().sent().await(sent - 1);
            publisher.interrupt();
            return await(met);
        }
    }

    @Test
    @DisplayName(
            "an interrupt ends the publish of a list: of what was sent the outcome is unknown, and the interrupt is kept")
    void interruptOfList() {
        Met met = interruptedAfter(2, bench -> bench.bus().publish(List.of(event("a"), event("b"))));
        assertThat(met.failure()).isInstanceOf(BatchPublishException.class);
        assertThat(((BatchPublishException) met.failure()).outcomes())
                .extracting(PublishOutcome::failure)
                .hasSize(2)
                .extracting(PublishException::outcome)
                .containsOnly(Outcome.UNKNOWN);
        assertThat(met.interrupted()).isTrue();
    }

    @Test
    @DisplayName("an interrupt ends the publish of one event, whose outcome is unknown, and is kept")
    void interruptOfOne() {
        Met met = interruptedAfter(1, bench -> bench.bus().publish(event("a")));
        assertThat(met.failure())
                .isInstanceOfSatisfying(
                        PublishException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
        assertThat(met.interrupted()).isTrue();
    }

    @Test
    @DisplayName("each failure to open the publishing session again is reported, and the health tells the last")
    void reportsFailuresToReopen() {
        AtomicInteger refusals = new AtomicInteger();
        try (EngineBench bench = new EngineBench()) {
            bench.bus().start();
            bench.transport().senders().await(0);
            bench.transport().onOpenSender(() -> {
                throw unavailable("refused " + refusals.incrementAndGet());
            });
            bench.transport().onFlush(() -> {
                throw unavailable("lost");
            });
            assertThat(bench.errors().await(0).cause()).hasMessage("lost");
            BusError second = bench.errors().await(2);
            assertThat(second.kind()).isEqualTo(BusError.Kind.SESSION_LOST);
            assertThat(second.cause()).hasMessage("refused 2");
            assertThat(bench.bus().health().reason()).contains("publishing: refused");
        }
    }

    private static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("told to fail"),
                new IllegalStateException("told to fail"),
                new StackOverflowError("told to fail"),
                new NoClassDefFoundError("told to fail"),
                new ExceptionInInitializerError("told to fail"),
                new AssertionError("told to fail"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName(
            "whatever encoding throws that comes from the event, its outcome in a list says so and the others are sent")
    void outcomeOfUnencodable(Throwable failure) {
        assertRefusesSecondOfThree(builder ->
                builder.codec(new FailingCodec(failure)).events(EventDefinition.of(Placed.class, "Order", "Placed")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("whatever reading the key throws, the event's outcome in a list says so and the others are sent")
    void outcomeWithoutKey(Throwable failure) {
        assertRefusesSecondOfThree(builder -> builder.events(
                EventDefinition.of(Placed.class, "Order", "Placed").keyedBy(placed -> failing(placed, failure))));
    }

    private static void assertRefusesSecondOfThree(UnaryOperator<EventBusBuilder> settings) {
        try (EngineBench bench = new EngineBench(settings)) {
            bench.bus().start();
            assertThatExceptionOfType(BatchPublishException.class)
                    .isThrownBy(() -> bench.bus().publish(List.of(new Placed(1), new Placed(FAILS), new Placed(3))))
                    .satisfies(failed -> assertThat(failed.outcomes())
                            .extracting(PublishOutcome::accepted)
                            .containsExactly(true, false, true))
                    .satisfies(failed -> assertThat(failed.outcomes().get(1).failure())
                            .isInstanceOf(InvalidEventException.class)
                            .hasMessageContaining(Placed.class.getName()));
        }
    }

    private static String failing(Placed placed, Throwable failure) {
        if (placed.number() == FAILS) {
            PublishingTest.<RuntimeException>raise(failure);
        }
        return "key";
    }

    /** Throws what the signature of the caller does not allow, as code of other languages may. */
    @SuppressWarnings("unchecked") // the cast is not checked, which is the purpose
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }

    private record Placed(int number) {}

    /** Fails to encode one event. */
    private record FailingCodec(Throwable failure) implements EventCodec {

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] encode(Object payload) {
            return failing((Placed) payload, failure).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) {
            throw new AssertionError("nothing is received");
        }
    }

    /** What keeps a bus from sending, given what holds it up and until when. */
    private static Stream<Named<BiConsumer<EngineBench, CountDownLatch>>> obstacles() {
        return Stream.of(
                Named.of(
                        "no session can be opened",
                        (bench, end) -> lose(bench, () -> {
                            throw unavailable("refused");
                        })),
                Named.of("opening a session hangs", (bench, end) -> lose(bench, () -> hold(end))),
                Named.of("sending hangs", (bench, end) -> {
                    bench.transport().answerSends(() -> {
                        hold(end);
                        return CompletableFuture.completedFuture(null);
                    });
                    bench.handle(event -> {
                        throw new IllegalStateException("told to fail");
                    });
                    // unlike a publish, a dead letter that waited too long to be sent is stored again
                    bench.transport().receivers().await(0).deliver(EngineBench.message("poison", "key"));
                    bench.transport().sent().await(0);
                }));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    @DisplayName("what was given up before it was sent takes no memory, however long nothing can be sent")
    void forgetsWhatIsGivenUp(BiConsumer<EngineBench, CountDownLatch> obstacle) {
        CountDownLatch end = new CountDownLatch(1);
        TracedBodies bodies = new TracedBodies();
        Duration pause = Duration.ofMillis(50);
        try (EngineBench bench = new EngineBench(builder -> builder.events(Traced.class)
                .codec(bodies)
                .publishTimeout(Duration.ofMillis(100))
                .reconnectBackoff(pause, pause))) {
            bench.bus().start();
            obstacle.accept(bench, end);
            assertThat(bench.bus().publishAsync(new Traced()))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            PublishException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_ACCEPTED));
            bodies.awaitCollected();
        } finally {
            end.countDown();
        }
    }

    /** Waits however long the test takes. */
    private static void hold(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Loses the session, and has every attempt to open another do this. */
    private static void lose(EngineBench bench, Runnable opening) {
        bench.transport().onOpenSender(opening);
        bench.transport().onFlush(() -> {
            throw unavailable("lost");
        });
        bench.errors().await(0);
    }

    @EventType(aggregate = "Order", name = "Traced")
    private record Traced() {}

    /** A codec that sees whether anything still holds what it made. */
    private static final class TracedBodies implements EventCodec {
        private final Queue<WeakReference<byte[]>> made = new ConcurrentLinkedQueue<>();

        @Override
        public String contentType() {
            return "application/octet-stream";
        }

        @Override
        public byte[] encode(Object payload) {
            byte[] body = new byte[16];
            made.add(new WeakReference<>(body));
            return body;
        }

        @Override
        public <T> T decode(byte[] body, Class<T> payloadType) {
            throw new AssertionError("nothing is received");
        }

        void awaitCollected() {
            Deadline deadline = Deadline.in(Duration.ofSeconds(20));
            assertThat(made).isNotEmpty();
            while (!made.isEmpty() && !deadline.isOver()) {
                System.gc();
                made.removeIf(body -> body.get() == null);
            }
            assertThat(made).as("bodies that something holds").isEmpty();
        }
    }

    private static TransportException unavailable(String message) {
        return new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, message, null);
    }
}
