package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.TOPIC;
import static io.eventbus.inmemory.Bench.numbers;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.takeOne;
import static io.eventbus.inmemory.Bench.text;
import static io.eventbus.inmemory.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException.Kind;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a sender to the queues. */
class SendingTest {
    private final Bench bench = new Bench();
    private final Receiver receiver = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("every field of a message arrives unchanged")
    void carriesEveryField() {
        byte[] body = {0, -1, (byte) 0xC3, 0x28};
        Message sent = new Message(
                "i", "A", "t", "k", "r.k", "a/b", Map.of("time", "x"), Map.of("Größe", "1\n2", "größe", ""), body);
        bench.send(new Destination.Topic(TOPIC), sent);
        assertThat(takeOne(receiver).message()).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    @DisplayName("a message without a key and with an empty body arrives so")
    void carriesNothingAsNothing() {
        bench.send("");
        Message received = takeOne(receiver).message();
        assertThat(received.key()).isNull();
        assertThat(received.body()).isEmpty();
    }

    @Test
    @DisplayName("messages are delivered in the order in which they were sent")
    void keepsTheOrder() {
        bench.send(numbers(1, 50));
        assertThat(texts(take(receiver))).containsExactly(numbers(1, 50));
    }

    @Test
    @DisplayName("overwriting the body after sending does not change what is delivered")
    void copiesOnTheWayIn() {
        Message message = Bench.message("original");
        bench.send(new Destination.Topic(TOPIC), message);
        Arrays.fill(message.body(), (byte) 'x');
        assertThat(text(takeOne(receiver))).isEqualTo("original");
    }

    @Test
    @DisplayName("overwriting a delivered body does not change what another group gets")
    void copiesForEachGroup() {
        Receiver other = bench.join(OTHER);
        bench.send("original");
        Arrays.fill(takeOne(receiver).message().body(), (byte) 'x');
        assertThat(text(takeOne(other))).isEqualTo("original");
    }

    @Test
    @DisplayName("overwriting a delivered body does not change its next delivery")
    void copiesForEachDelivery() {
        bench.send("original");
        Delivery first = takeOne(receiver);
        Arrays.fill(first.message().body(), (byte) 'x');
        first.release();
        assertThat(text(takeOne(receiver))).isEqualTo("original");
    }

    @Test
    @DisplayName("every group of the topic gets every message, and no group of another topic")
    void reachesEveryGroup() {
        Receiver other = bench.join(OTHER);
        Receiver elsewhere = bench.join(new Group("orders.eu", GROUP.name()));
        bench.send("1", "2");
        assertThat(texts(take(receiver))).containsExactly("1", "2");
        assertThat(texts(take(other))).containsExactly("1", "2");
        assertThat(take(elsewhere)).isEmpty();
    }

    @Test
    @DisplayName("a topic without groups takes a message, and a group made later does not see it")
    void beginsWithWhatComesLater() {
        Group late = new Group("nobody", "late");
        bench.sendTo(new Destination.Topic("nobody"), "before");
        Receiver latecomer = bench.join(late);
        bench.sendTo(new Destination.Topic("nobody"), "after");
        assertThat(texts(take(latecomer))).containsExactly("after");
    }

    @Test
    @DisplayName("names that look alike when joined are different groups")
    void doesNotJoinNames() {
        Receiver left = bench.join(new Group("a", "b.c"));
        Receiver right = bench.join(new Group("a.b", "c"));
        bench.sendTo(new Destination.Topic("a"), "left");
        bench.sendTo(new Destination.Topic("a.b"), "right");
        assertThat(texts(take(left))).containsExactly("left");
        assertThat(texts(take(right))).containsExactly("right");
    }

    @Test
    @DisplayName("an inbox belongs to one group")
    void reachesOneInbox() {
        Receiver other = bench.join(OTHER);
        bench.sendTo(new Destination.Inbox(GROUP), "for one");
        assertThat(texts(take(receiver))).containsExactly("for one");
        assertThat(take(other)).isEmpty();
    }

    @Test
    @DisplayName("the inbox of a group that does not exist refuses, naming group and topic")
    void refusesUnknownInbox() {
        Group unknown = new Group(TOPIC, "unknown");
        assertThat(Refused.by(() -> bench.sendTo(new Destination.Inbox(unknown), "lost"), Kind.REJECTED))
                .contains("'unknown'", "'orders'", "does not exist");
    }

    @Test
    @DisplayName("a closed sender accepts nothing")
    void closedSenderRefuses() {
        Sender sender = bench.transport.openSender();
        sender.close();
        sender.close();
        assertThat(sender.send(new Destination.Topic(TOPIC), Bench.message("late")))
                .isCompletedExceptionally();
        assertThat(take(receiver)).isEmpty();
        Refused.by(sender::flush, Kind.UNAVAILABLE);
    }
}
