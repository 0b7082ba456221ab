package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.BusStats;
import io.eventbus.EventCodec;
import io.eventbus.EventDefinition;
import io.eventbus.JsonCodec;
import io.eventbus.SubscriptionOptions;
import io.eventbus.UnknownTypePolicy;
import io.eventbus.internal.FedDelivery.Settlement;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of events whose payload cannot be decoded. */
@Timeout(60)
class UnreadableEventTest {

    private static final String KEY = "key";
    private static final Message ANONYMOUS = new Message(
            "", "Order", "Placed", null, "Order.Placed", "application/json", Map.of(), Map.of(), new byte[0]);

    private final Arrived<String> handled = new Arrived<>();

    record Placed() {}

    /** Throws while it decodes what it was told to throw, until it is told something else. */
    private static final class FailingCodec implements EventCodec {
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final EventCodec original = new JsonCodec();

        FailingCodec(Throwable failure) {
            this.failure.set(failure);
        }

        @Override
        public String contentType() {
            return original.contentType();
        }

        @Override
        public byte[] encode(Object payload) throws Exception {
            return original.encode(payload);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) throws Exception {
            Throwable due = failure.get();
            if (due instanceof Error error) {
                throw error;
            } else if (due instanceof Exception exception) {
                throw exception;
            }
            return original.decode(bytes, payloadType);
        }
    }

    private EngineBench bench(EventCodec codec) {
        EngineBench bench = new EngineBench(
                builder -> builder.codec(codec).events(EventDefinition.of(Placed.class, "Order", "Placed")));
        bench.bus().subscribe(Placed.class, event -> handled.add(event.id()));
        return bench;
    }

    static Stream<Throwable> failures() {
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
    @DisplayName("whatever decoding throws that comes from the bytes, the event goes to the dead letters at once")
    void buriesUndecodable(Throwable failure) {
        try (EngineBench bench = bench(new FailingCodec(failure))) {
            FedReceiver receiver = bench.start();
            assertThat(await(receiver.deliver(message("bad", KEY)).settlement()))
                    .isEqualTo(Settlement.ACCEPTED);
            assertThat(bench.transport().sent().await(0).message().attributes())
                    .containsEntry(HeaderNames.REASON, "UNDECODABLE")
                    .containsEntry(
                            HeaderNames.EXCEPTION_TYPE, failure.getClass().getName())
                    .containsEntry(HeaderNames.EXCEPTION_MESSAGE, "told to fail")
                    .containsEntry(HeaderNames.ATTEMPTS, "0");
            assertThat(bench.bus().stats())
                    .extracting(BusStats::deadLettered, BusStats::attempts)
                    .containsExactly(1L, 0L);
        }
    }

    static Stream<Arguments> refused() {
        Message unknown = new Message("gone", "Order", "Gone", KEY, "Order.Gone", "", Map.of(), Map.of(), new byte[0]);
        return Stream.of(
                Arguments.of(ANONYMOUS, "it has no id"),
                Arguments.of(message("bad", KEY, Map.of(HeaderNames.TIME, "noon")), "'noon' could not be parsed"),
                Arguments.of(unknown, "Order.Gone is not registered here"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("the dead letter of what the bus itself refuses says why, and names no exception of the bus's own")
    void saysWhy(Message refused, String why) {
        try (EngineBench bench = bench(new JsonCodec())) {
            bench.bus().subscribe(Binding.fanout(), event -> handled.add(event.id()), SubscriptionOptions.defaults());
            FedReceiver receiver = bench.start();
            await(receiver.deliver(refused).settlement());
            Map<String, String> letter =
                    bench.transport().sent().await(0).message().attributes();
            assertThat(letter).doesNotContainKeys(HeaderNames.EXCEPTION_TYPE, HeaderNames.STACK);
            assertThat(letter.get(HeaderNames.EXCEPTION_MESSAGE)).contains(why);
        }
    }

    @Test
    @DisplayName("what has neither key nor id waits for nothing else that has neither")
    void anonymous() {
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> {});
            CompletableFuture<Void> late = new CompletableFuture<>();
            AtomicBoolean first = new AtomicBoolean(true);
            bench.transport()
                    .answerSends(() -> first.getAndSet(false) ? late : CompletableFuture.completedFuture(null));
            FedReceiver receiver = bench.start();
            receiver.deliver(ANONYMOUS);
            bench.transport().sent().await(0);
            assertThat(await(receiver.deliver(ANONYMOUS).settlement())).isEqualTo(Settlement.ACCEPTED);
            late.complete(null);
        }
    }

    @Test
    @DisplayName(
            "what is no fault of the event, such as a lack of memory, is reported as a defect and the event tried again")
    void triesAgainAfterDefect() {
        FailingCodec codec = new FailingCodec(new OutOfMemoryError("told to fail"));
        try (EngineBench bench = bench(codec)) {
            FedReceiver receiver = bench.start();
            FedDelivery delivery = receiver.deliver(message("good", KEY));
            assertThat(bench.errors().await(0).kind()).isEqualTo(BusError.Kind.INTERNAL);
            codec.failure.set(null);
            assertThat(await(delivery.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(handled.all()).containsExactly("good");
        }
    }

    @Test
    @DisplayName(
            "an event that cannot be decoded is reported as dead-lettered with the cause, not as the failure of a handler")
    void reportsUndecodable() {
        try (EngineBench bench = bench(new FailingCodec(new IOException("told to fail")))) {
            FedReceiver receiver = bench.start();
            await(receiver.deliver(message("bad", KEY)).settlement());
            BusError error = bench.errors().await(0);
            assertThat(error.kind()).isEqualTo(BusError.Kind.DEAD_LETTERED);
            assertThat(error.eventId()).isEqualTo("bad");
            assertThat(error.cause()).hasRootCauseMessage("told to fail");
        }
    }

    @Test
    @DisplayName(
            "an event of an unknown type that is discarded is reported as discarded, not as the failure of a handler")
    void reportsUnknown() {
        try (EngineBench bench = new EngineBench(builder -> builder.unknownTypes(UnknownTypePolicy.DISCARD))) {
            bench.bus().subscribe(Binding.fanout(), event -> handled.add(event.id()), SubscriptionOptions.defaults());
            FedReceiver receiver = bench.start();
            await(receiver.deliver(message("unknown", KEY)).settlement());
            assertThat(bench.errors().await(0).kind()).isEqualTo(BusError.Kind.DISCARDED);
        }
    }

    @Test
    @DisplayName("a handler that fails is reported as such, before what becomes of the event")
    void reportsHandler() {
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> {
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            await(receiver.deliver(message("poison", KEY)).settlement());
            assertThat(List.of(
                            bench.errors().await(0).kind(),
                            bench.errors().await(1).kind()))
                    .containsExactly(BusError.Kind.HANDLER_FAILED, BusError.Kind.DEAD_LETTERED);
        }
    }
}
