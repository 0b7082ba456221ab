package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventbus.Binding;
import io.eventbus.BusClosedException;
import io.eventbus.BusError;
import io.eventbus.EngineAccess;
import io.eventbus.EventBus;
import io.eventbus.Health;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.SubscriptionOptions;
import io.eventbus.internal.FedDelivery.Settlement;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a bus ends although something is in the way. */
@Timeout(60)
class CloseTest {

    private static final RawEvent EVENT = new RawEvent("Order", "Placed", "key", "application/json", new byte[0]);

    private final Arrived<String> begun = new Arrived<>();
    private final CountDownLatch hold = new CountDownLatch(1);

    private static Stream<Named<BiConsumer<FedTransport, Runnable>>> places() {
        return Stream.of(
                Named.of("a receiver", FedTransport::onCloseReceiver),
                Named.of("the sender", FedTransport::onCloseSender),
                Named.of("the transport", FedTransport::onClose));
    }

    @ParameterizedTest
    @MethodSource("places")
    @DisplayName("what throws while it is closed, which it should not, is reported, and the bus closes all the same")
    void closesWhatThrows(BiConsumer<FedTransport, Runnable> place) {
        Error defect = new AssertionError("told to throw");
        EngineBench bench = new EngineBench();
        bench.handle(event -> {});
        bench.start();
        // a sender that is slow to close is waited for a moment only, and what it reports later nobody is told
        bench.transport().onClose(() -> bench.errors().await(0));
        place.accept(bench.transport(), () -> {
            throw defect;
        });
        bench.close();
        assertThat(bench.bus().health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(bench.bus().health().reason()).isEqualTo("the bus is closed");
        BusError told = bench.errors().await(0);
        assertThat(told.kind()).isEqualTo(BusError.Kind.INTERNAL);
        assertThat(told.cause()).isSameAs(defect);
    }

    @Test
    @DisplayName(
            "a bus that was never started does not wait for a session to end: the fastest tells what a close needs")
    void neverStarted() {
        assertThat(Stream.generate(CloseTest::closingNeverStarted).limit(10).min(Comparator.naturalOrder()))
                .get(InstanceOfAssertFactories.DURATION)
                .isLessThan(Duration.ofMillis(250));
    }

    @Test
    @DisplayName("whoever starts a bus that is closed meanwhile is told that it is closed")
    void closedWhileStarting() throws Exception {
        EngineBench bench = new EngineBench();
        CountDownLatch opening = new CountDownLatch(1);
        bench.transport().onOpenSender(() -> {
            opening.countDown();
            EngineBench.awaitUninterruptibly(hold);
        });
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        new Thread(() -> told.complete(catchThrowable(() -> bench.bus().start()))).start();
        opening.await();
        bench.close();
        hold.countDown();
        assertThat(told.get()).isInstanceOf(BusClosedException.class);
    }

    private static Duration closingNeverStarted() {
        EngineBench bench = new EngineBench();
        bench.close();
        return bench.bus().shutdownReport().orElseThrow().took();
    }

    @Test
    @DisplayName("closing by an interrupted thread lets running handlers finish, and keeps the interrupt")
    void drainsWhenInterrupted() {
        EngineBench bench = new EngineBench();
        bench.handle(event -> {
            begun.add(event.id());
            hold.await();
        });
        FedReceiver receiver = bench.start();
        FedDelivery held = receiver.deliver(message("held", "key"));
        begun.await(0);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            bench.close();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        await(receiver.drained());
        hold.countDown();
        assertThat(await(held.settlement())).isEqualTo(Settlement.ACCEPTED);
        assertThat(await(interrupted)).isTrue();
    }

    @Test
    @DisplayName(
            "what waits is not begun once close has returned to a handler, although another thread was the first to close")
    void closedByHandlerToo() {
        FedTransport transport = new FedTransport();
        CountDownLatch closing = new CountDownLatch(1);
        EventBus bus = bus(transport, name -> new Lifecycle(name) {
            @Override
            boolean closing() {
                boolean first = super.closing();
                if (first) {
                    closing.countDown();
                    EngineBench.awaitUninterruptibly(hold);
                }
                return first;
            }
        });
        CompletableFuture<Thread> handling = new CompletableFuture<>();
        CompletableFuture<Void> returned = new CompletableFuture<>();
        bus.subscribe(
                Binding.raw(Binding.fanout()),
                event -> {
                    begun.add(event.id());
                    handling.complete(Thread.currentThread());
                    await(closing);
                    bus.close();
                    returned.complete(null);
                },
                SubscriptionOptions.defaults());
        bus.start();
        FedReceiver receiver = transport.receivers().await(0);
        receiver.deliver(message("first", "key"));
        FedDelivery second = receiver.deliver(message("second", "key"));
        await(receiver.taken());
        Thread handler = await(handling);
        new Thread(bus::close).start();
        while (handler.getState() != Thread.State.BLOCKED && !returned.isDone() && !Thread.interrupted()) {
            Thread.onSpinWait();
        }
        boolean early = returned.isDone();
        hold.countDown();
        assertThat(early).as("the handler's close has returned").isFalse();
        await(returned);
        bus.close();
        assertThat(await(second.settlement())).isEqualTo(Settlement.RELEASED);
        assertThat(begun.all()).containsExactly("first");
    }

    @Test
    @DisplayName("what is published while a bus that was never started is being closed ends, as not accepted")
    void publishedWhileClosedUnstarted() {
        CompletableFuture<EventBus> self = new CompletableFuture<>();
        CompletableFuture<CompletionStage<Void>> published = new CompletableFuture<>();
        EventBus bus = bus(new FedTransport(), name -> new Lifecycle(name) {
            @Override
            void drained() {
                published.complete(self.join().publishAsync(EVENT));
                super.drained();
            }
        });
        self.complete(bus);
        bus.close();
        assertThat(await(published))
                .failsWithin(EngineBench.LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        PublishException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED));
        assertThat(bus.shutdownReport().orElseThrow().publishesAbandoned()).isEqualTo(1);
    }

    private static EventBus bus(FedTransport transport, Function<String, Lifecycle> lifecycle) {
        return EngineAccess.replace(
                        EventBus.builder()
                                .transport(transport)
                                .topic(EngineBench.TOPIC)
                                .group(EngineBench.GROUP),
                        (config, driver) -> new Engine(new Parts(config, driver) {
                            @Override
                            Lifecycle makeLifecycle(String name) {
                                return lifecycle.apply(name);
                            }
                        }))
                .build();
    }
}
