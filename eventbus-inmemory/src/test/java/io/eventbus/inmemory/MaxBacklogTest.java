package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.takeOne;
import static io.eventbus.inmemory.Bench.takeOneByOne;
import static io.eventbus.inmemory.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bound that keeps a forgotten group from filling the memory. */
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
        assertThat(Refused.by(() -> bench.send("3"), Kind.REJECTED))
                .contains("'projections'", "'orders'", "full", "2 unsettled messages", "memory.max-backlog");
        assertThat(texts(take(receiver))).containsExactly("1", "2");
    }

    @Test
    @DisplayName("a message that one group refuses reaches no other group")
    void refusesForAll() {
        bench.send("1");
        Receiver other = bench.join(OTHER);
        bench.send("2");
        Refused.by(() -> bench.send("3"), Kind.REJECTED);
        assertThat(texts(take(other))).containsExactly("2");
    }

    @Test
    @DisplayName("what is on loan still takes up room, what is accepted does not")
    void roomIsFreedByAccepting() {
        bench.send("1", "2");
        var deliveries = take(receiver);
        Refused.by(() -> bench.send("3"), Kind.REJECTED);
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
        Refused.by(() -> bench.sendTo(new Destination.Inbox(GROUP), "3"), Kind.REJECTED);
    }

    @Test
    @DisplayName("dead letters have the same bound of their own")
    void refusesDeadLetters() {
        Destination deadLetters = new Destination.DeadLetters(GROUP);
        bench.send("1", "2");
        bench.sendTo(deadLetters, "3");
        bench.sendTo(deadLetters, "4");
        assertThat(Refused.by(() -> bench.sendTo(deadLetters, "5"), Kind.REJECTED))
                .contains("2 dead letters");
    }
}
