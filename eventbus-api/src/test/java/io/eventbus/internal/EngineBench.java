package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.EngineAccess;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventHandler;
import io.eventbus.RawEvent;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A bus of one group on a {@link FedTransport}. */
final class EngineBench implements AutoCloseable {
    static final String TOPIC = "orders";
    static final String GROUP = "billing";
    static final Duration LONG = Duration.ofHours(1);

    private static final long PATIENCE_SECONDS = 20;

    private final FedTransport transport;
    private final Arrived<BusError> errors = new Arrived<>();
    private final EventBus bus;

    EngineBench() {
        this(builder -> builder);
    }

    EngineBench(UnaryOperator<EventBusBuilder> settings) {
        this(settings, new FedTransport(), System::nanoTime);
    }

    /** On this transport, and by another clock, as far as how long something is held is concerned. */
    EngineBench(UnaryOperator<EventBusBuilder> settings, FedTransport transport, LongSupplier holdClock) {
        this(settings, transport, holdClock, Duration.ofSeconds(1));
    }

    /** @param idleCheck how long the sender goes without a flush while nothing is sent */
    EngineBench(
            UnaryOperator<EventBusBuilder> settings,
            FedTransport transport,
            LongSupplier holdClock,
            Duration idleCheck) {
        this.transport = transport;
        EventBusBuilder builder = EventBus.builder()
                .transport(transport)
                .topic(TOPIC)
                .group(GROUP)
                .openTimeout(LONG)
                .retry(RetryPolicy.defaults().withMaxAttempts(1))
                .reconnectBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                .onError(errors::add);
        bus = EngineAccess.replace(
                        settings.apply(builder),
                        (config, driver) -> new Engine(new Parts(config, driver) {
                            @Override
                            LongSupplier makeHoldClock() {
                                return holdClock;
                            }

                            @Override
                            Duration idleCheck() {
                                return idleCheck;
                            }
                        }))
                .build();
    }

    EventBus bus() {
        return bus;
    }

    FedTransport transport() {
        return transport;
    }

    /** What the error listener was told. */
    Arrived<BusError> errors() {
        return errors;
    }

    /** Subscribes to everything. */
    Subscription handle(EventHandler<RawEvent> handler) {
        return bus.subscribe(Binding.raw(Binding.fanout()), handler, SubscriptionOptions.defaults());
    }

    /** Starts the bus; the receiver of its group. */
    FedReceiver start() {
        bus.start();
        return transport.receivers().await(0);
    }

    static Message message(String id, String key) {
        return message(id, key, Map.of());
    }

    static Message message(String id, String key, Map<String, String> attributes) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new Message(id, "Order", "Placed", key, "Order.Placed", "application/json", attributes, Map.of(), body);
    }

    /** The result of what must complete. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps an interrupt for afterwards. */
    static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a thread waits for something, be it for a lock, or has ended. */
    static void awaitHeldUp(Thread thread) {
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
    }

    /** Waits until a thread waits for something, or has ended. */
    static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
