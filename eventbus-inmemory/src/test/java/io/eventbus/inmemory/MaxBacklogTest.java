package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.TOPIC;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.takeOne;
import static io.eventbus.inmemory.Bench.takeOneByOne;
import static io.eventbus.inmemory.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.Health;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound that keeps a forgotten group from filling the memory. */
@Timeout(60)
class MaxBacklogTest {
    private final Bench bench = new Bench("memory:/", Map.of("memory.max-backlog", "2"));
    private final Receiver receiver = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("a full group refuses the message and says what to do")
    void refuses() {
        bench.send("1", "2");
        assertThat(Refused.by(() -> bench.send("3"), Kind.FULL))
                .contains("'projections'", "'orders'", "full", "2 unsettled messages", "memory.max-backlog");
        assertThat(texts(take(receiver))).containsExactly("1", "2");
    }

    @Test
    @DisplayName("a message that one group refuses reaches no other group")
    void refusesForAll() {
        bench.send("1");
        Receiver other = bench.join(OTHER);
        bench.send("2");
        Refused.by(() -> bench.send("3"), Kind.FULL);
        assertThat(texts(take(other))).containsExactly("2");
    }

    @Test
    @DisplayName(
            "while one group is full, no publisher's event is accepted, and its health says so until there is room")
    void shownByTheHealth() throws InterruptedException {
        String url = Bench.freshUrl();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (EventBus publisher = bus(url).build()) {
            publisher.start();
            try (EventBus member = bus(url).group(GROUP.name()).build()) {
                member.subscribe(Binding.raw(Binding.fanout()), event -> {
                    begun.countDown();
                    mayEnd.await();
                });
                member.start();
                publisher.publish(List.of(event(), event()));
                begun.await();
                assertThatExceptionOfType(PublishException.class)
                        .isThrownBy(() -> publisher.publish(event()))
                        .matches(failure -> failure.outcome() == Outcome.NOT_ACCEPTED);
                assertThat(publisher.health().status()).isEqualTo(Health.Status.DOWN);
                assertThat(publisher.health().reason()).contains("'projections'", "full");
                mayEnd.countDown();
            }
            publisher.publish(event());
            assertThat(publisher.health().status()).isEqualTo(Health.Status.UP);
        }
    }

    private static EventBusBuilder bus(String url) {
        return EventBus.builder().url(url).option("memory.max-backlog", "2").topic(TOPIC);
    }

    private static Event<RawEvent> event() {
        return Event.of(new RawEvent("Order", "Placed", null, "text/plain", new byte[0]));
    }

    @Test
    @DisplayName("what is on loan still takes up room, what is accepted does not")
    void roomIsFreedByAccepting() {
        bench.send("1", "2");
        var deliveries = take(receiver);
        Refused.by(() -> bench.send("3"), Kind.FULL);
        deliveries.get(0).accept();
        bench.send("4");
        assertThat(texts(take(receiver))).containsExactly("4");
    }

    @Test
    @DisplayName("giving back needs no room")
    void releaseNeedsNoRoom() {
        bench.send("1", "2");
        takeOne(receiver).release();
        assertThat(texts(takeOneByOne(receiver, 2))).containsExactly("1", "2");
    }

    @Test
    @DisplayName("a full inbox refuses")
    void refusesInTheInbox() {
        bench.send("1", "2");
        Refused.by(() -> bench.sendTo(new Destination.Inbox(GROUP), "3"), Kind.FULL);
    }

    @Test
    @DisplayName("dead letters have the same bound of their own")
    void refusesDeadLetters() {
        Destination deadLetters = new Destination.DeadLetters(GROUP);
        bench.send("1", "2");
        bench.sendTo(deadLetters, "3");
        bench.sendTo(deadLetters, "4");
        assertThat(Refused.by(() -> bench.sendTo(deadLetters, "5"), Kind.FULL)).contains("2 dead letters");
    }
}
