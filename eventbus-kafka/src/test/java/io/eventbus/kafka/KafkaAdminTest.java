package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.numbered;
import static io.eventbus.kafka.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people ask the broker, on a real one. */
class KafkaAdminTest {

    private final Fixture fixture = new Fixture();
    private final TransportAdmin admin = fixture.transport.admin();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("the broker answers")
    void ping() {
        admin.ping();
    }

    @Test
    @DisplayName("a group that does not exist has nothing, and asking does not make it")
    void nothing() throws Exception {
        Group nobody = new Group(fixture.topic, "nobody");

        assertThat(admin.describe(nobody)).isEqualTo(new GroupInfo(fixture.topic + ".nobody", 0, 0, 0));
        assertThat(admin.purgeDeadLetters(nobody)).isZero();
        try (DeadLetterCursor cursor = admin.openDeadLetters(nobody)) {
            assertThat(cursor.next(10)).isEmpty();
        }
        assertThat(fixture.admin().listTopics().names().get()).noneMatch(topic -> topic.startsWith(fixture.topic));
    }

    @Test
    @DisplayName("the backlog is what is not settled, also where later events are")
    void backlog() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 10);
        List<Delivery> received = receive(receiver, 10);
        assertThat(admin.describe(fixture.group).members()).isEqualTo(1);
        IntStream.of(2, 3, 7).forEach(index -> received.get(index).accept());
        receiver.close();

        assertThat(admin.describe(fixture.group)).isEqualTo(new GroupInfo(fixture.topic + ".g", 7, 0, 0));
    }

    @Test
    @DisplayName("dead letters come oldest first, and those that were removed do not come again")
    void cursor() throws Exception {
        bury(1, 5);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            List<Message> letters = cursor.next(2);
            assertThat(ids(letters)).isEqualTo(numbered(1, 2));
            cursor.remove(letters.get(1));
            assertThatIllegalArgumentException().isThrownBy(() -> cursor.remove(letters.get(1)));
            assertThat(ids(cursor.next(10))).isEqualTo(numbered(3, 5));
            assertThat(cursor.next(10)).isEmpty();
        }

        assertThat(admin.describe(fixture.group).deadLetters()).isEqualTo(4);
        assertThat(read()).containsExactly("id-1", "id-3", "id-4", "id-5");
    }

    @Test
    @DisplayName("a dead letter is as it was sent, and has the event's key, not its own")
    void unchanged() throws Exception {
        bury(1, 1);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            Message letter = cursor.next(1).get(0);

            assertThat(letter.key()).isEqualTo("key");
            assertThat(letter.body()).isEqualTo(Fixture.message(1).body());
        }
    }

    @Test
    @DisplayName("removing a letter leaves another of the same event that came later")
    void sameEventTwice() throws Exception {
        bury(1, 1);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            Message letter = cursor.next(1).get(0);
            fixture.send(new Destination.DeadLetters(fixture.group), 1, 1);
            cursor.remove(letter);
        }

        assertThat(read()).containsExactly("id-1");
    }

    @Test
    @DisplayName("purging removes all that are there, says how many, and what comes later stays")
    void purge() throws Exception {
        bury(1, 3);
        assertThat(admin.purgeDeadLetters(fixture.group)).isEqualTo(3);
        assertThat(admin.describe(fixture.group).deadLetters()).isZero();
        fixture.send(new Destination.DeadLetters(fixture.group), 4, 4);

        assertThat(read()).containsExactly("id-4");
    }

    @Test
    @DisplayName("purging does not count what was removed before")
    void purgeRest() throws Exception {
        bury(1, 3);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            cursor.remove(cursor.next(1).get(0));
        }

        assertThat(admin.purgeDeadLetters(fixture.group)).isEqualTo(2);
        assertThat(admin.describe(fixture.group).deadLetters()).isZero();
    }

    private void bury(int from, int to) throws Exception {
        fixture.receiver().close();
        fixture.send(new Destination.DeadLetters(fixture.group), from, to);
    }

    private List<String> read() {
        List<Message> letters = new ArrayList<>();
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            for (List<Message> page = cursor.next(10); !page.isEmpty(); page = cursor.next(10)) {
                letters.addAll(page);
            }
        }
        return ids(letters);
    }

    private static List<String> ids(List<Message> letters) {
        return letters.stream().map(Message::id).toList();
    }
}
