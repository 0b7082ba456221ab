package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.tck.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The whole bus on Redis: what takes long is done once. */
class SlowHandlerTest {

    /** A machine that stands still for seconds lets it be renewed in time all the same. */
    private static final Duration LEASE = Duration.ofSeconds(9);

    private static final Duration THREE_LEASES = LEASE.multipliedBy(3);

    @Test
    @DisplayName(
            "a handler of three leases' length runs once, and so does what waits behind it, with another member at hand")
    void runsOnce() throws Exception {
        String topic = "t-" + UUID.randomUUID();
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        try (EventBus first = bus(topic);
                EventBus second = bus(topic)) {
            for (EventBus each : List.of(first, second)) {
                each.subscribe(Binding.raw(Binding.fanout()), event -> {
                    handled.add(event.id());
                    if (event.id().equals("slow")) {
                        never.await(THREE_LEASES.toMillis(), TimeUnit.MILLISECONDS);
                    }
                });
                each.start();
            }
            RawEvent event = new RawEvent("Order", "Placed", "key", "text/plain", new byte[0]);
            first.publish(Event.of(event).withId("slow"));
            first.publish(Event.of(event).withId("behind it"));
            Await.atMost(THREE_LEASES.plus(Fixture.PATIENCE))
                    .until(
                            "the end of both handlers",
                            () -> first.stats().handled() + second.stats().handled() == 2);

            assertThat(handled).containsExactlyInAnyOrder("slow", "behind it");
            Await.atMost(Fixture.PATIENCE)
                    .until("the settlements at Redis", () -> first.queueInfo().backlog() == 0);
        }
        Fixture.own().cli("DEL", "eventbus:{" + topic + "}");
    }

    private static EventBus bus(String topic) {
        return EventBus.builder()
                .url(Fixture.own().url() + "?lease=" + LEASE.toMillis() + "ms")
                .topic(topic)
                .group("g")
                .build();
    }
}
