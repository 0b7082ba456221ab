package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.DeadLetterReason;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When an event that comes again and again is taken for one that takes its members down. */
@Timeout(60)
class CrashLoopTest {

    private static final int MAX_DELIVERIES = 2;

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    private EngineBench bench() {
        EngineBench bench = new EngineBench(builder -> builder.maxDeliveries(MAX_DELIVERIES));
        bench.handle(event -> {
            calls.incrementAndGet();
            released.await();
        });
        return bench;
    }

    @Test
    @DisplayName("an event that was delivered too often, to members that nobody has heard of since, is a dead letter")
    void crashes() {
        try (EngineBench bench = bench()) {
            FedDelivery delivery = bench.start().deliver(message("a", "k"), MAX_DELIVERIES + 1);
            await(delivery.settlement());
            assertThat(bench.bus().deadLetters().list(1))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.CRASH_LOOP));
            assertThat(calls).hasValue(0);
        }
    }

    @Test
    @DisplayName(
            "deliveries that broke off with their session before a handler saw them are no crashes of a member that lives")
    void lostSessions() {
        try (EngineBench bench = bench()) {
            FedReceiver receiver = bench.start();
            int deliveries = 3 * MAX_DELIVERIES;
            FedDelivery last = receiver.deliver(message("a", "k"), 1);
            for (int count = 2; count <= deliveries; count++) {
                receiver.fail(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "told to be lost", null));
                receiver = bench.transport().receivers().await(count - 1);
                last = receiver.deliver(message("a", "k"), count);
            }
            released.countDown();
            assertThat(await(last.settlement())).isEqualTo(FedDelivery.Settlement.ACCEPTED);
            assertThat(bench.bus().deadLetters().count()).isZero();
        }
    }

    @Test
    @DisplayName("an event whose handler outlasts its session each time is a dead letter in the end")
    void handlerOutlastsSessions() {
        Semaphore ends = new Semaphore(0);
        Arrived<String> begun = new Arrived<>();
        try (EngineBench bench = new EngineBench(builder -> builder.maxDeliveries(MAX_DELIVERIES))) {
            bench.handle(event -> {
                begun.add(event.id());
                ends.acquire();
            });
            FedReceiver receiver = bench.start();
            for (int count = 1; count <= MAX_DELIVERIES; count++) {
                receiver.deliver(message("a", "k"), count);
                begun.await(count - 1);
                receiver.fail(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "told to be lost", null));
                receiver = bench.transport().receivers().await(count);
                ends.release();
            }
            await(receiver.deliver(message("a", "k"), MAX_DELIVERIES + 1).settlement());
            assertThat(bench.bus().deadLetters().list(1))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.CRASH_LOOP));
        }
    }

    @Test
    @DisplayName("what broke off before an event was settled excuses no later delivery of it")
    void settledBetween() {
        try (EngineBench bench = bench()) {
            FedReceiver first = bench.start();
            first.deliver(message("a", "k"), 1);
            first.fail(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "told to be lost", null));
            FedReceiver second = bench.transport().receivers().await(1);
            FedDelivery again = second.deliver(message("a", "k"), 2);
            released.countDown();
            await(again.settlement());
            await(second.deliver(message("a", "k"), MAX_DELIVERIES + 1).settlement());
            assertThat(bench.bus().deadLetters().count()).isEqualTo(1);
        }
    }
}
