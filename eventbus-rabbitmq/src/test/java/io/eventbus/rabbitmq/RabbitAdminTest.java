package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"quorum", "classic"})
class RabbitAdminTest {

    @Parameter
    String queueType;

    private Fixture fixture;
    private TransportAdmin admin;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture(queueType);
        admin = fixture.transport.admin();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a ping reaches the broker")
    void ping() {
        admin.ping();
    }

    @Test
    @DisplayName("a group is described by its queue, backlog, members and dead letters")
    void describe() throws Exception {
        fixture.receiver().close();
        fixture.send(1, 3);
        fixture.send(new Destination.DeadLetters(fixture.group), 1, 2);

        assertThat(admin.describe(fixture.group)).isEqualTo(new GroupInfo(fixture.topic + ".g", 3, 0, 2));
        List<Receiver> two = List.of(fixture.receiver(), fixture.receiver());
        long deadline = System.nanoTime() + Fixture.PATIENCE.toNanos();
        while (admin.describe(fixture.group).members() < 2 && System.nanoTime() < deadline) {
            two.forEach(receiver -> receiver.poll(2, Duration.ofMillis(100)));
        }
        assertThat(admin.describe(fixture.group).members()).isEqualTo(2);
    }

    @Test
    @DisplayName("a group that does not exist is described by zeros, and has no dead letters")
    void noGroup() {
        Group missing = new Group(fixture.topic, "missing");

        assertThat(admin.describe(missing)).isEqualTo(new GroupInfo(fixture.topic + ".missing", 0, 0, 0));
        assertThat(admin.purgeDeadLetters(missing)).isZero();
        try (DeadLetterCursor cursor = admin.openDeadLetters(missing)) {
            assertThat(cursor.next(10)).isEmpty();
        }
    }

    @Test
    @DisplayName("a pass sees every dead letter once, oldest first, and gives all of them back in order")
    void pass() throws Exception {
        deadLetters(1, 450);

        assertThat(pass(7)).isEqualTo(numbered(1, 450));
        assertThat(pass(1_000)).isEqualTo(numbered(1, 450));
        assertThat(pass(100)).isEqualTo(numbered(1, 450));
    }

    @Test
    @DisplayName("what is removed is gone, and what is not comes back in order")
    void remove() throws Exception {
        deadLetters(1, 150);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            List<Message> read = cursor.next(120);
            read.subList(0, 50).forEach(cursor::remove);
            read.subList(70, 120).forEach(cursor::remove);
        }
        List<String> left = new ArrayList<>(numbered(51, 70));
        left.addAll(numbered(121, 150));

        assertThat(pass(100)).isEqualTo(left);
        assertThat(admin.describe(fixture.group).deadLetters()).isEqualTo(50);
    }

    @Test
    @DisplayName("only what a pass has read can be removed, and only once")
    void removeTwice() throws Exception {
        deadLetters(1, 1);
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            Message read = cursor.next(1).get(0);
            cursor.remove(read);

            assertThatThrownBy(() -> cursor.remove(read)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("a purge says how many dead letters it removed")
    void purge() throws Exception {
        deadLetters(1, 5);

        assertThat(admin.purgeDeadLetters(fixture.group)).isEqualTo(5);
        assertThat(pass(10)).isEmpty();
    }

    @Test
    @DisplayName("dead letters of one group are not another's")
    void apart() throws Exception {
        deadLetters(1, 2);
        Group ephemeral = new Group(fixture.topic, "other");
        fixture.receiver(Fixture.spec(ephemeral, 1, true, io.eventbus.spi.RoutingPattern.ALL));

        assertThat(admin.describe(ephemeral).deadLetters()).isZero();
        assertThat(admin.describe(fixture.group).deadLetters()).isEqualTo(2);
    }

    @Test
    @DisplayName("a dead letter is no message of the group")
    void notDelivered() throws Exception {
        deadLetters(1, 2);
        fixture.send(3, 3);

        assertThat(Fixture.ids(receive(fixture.receiver(), 1))).isEqualTo(numbered(3, 3));
    }

    @Test
    @DisplayName("the escape hatch gives a connection factory, and nothing else")
    void unwrap() {
        assertThat(fixture.transport.unwrap(ConnectionFactory.class)).isPresent();
        assertThat(fixture.transport.unwrap(String.class)).isEmpty();
    }

    private void deadLetters(int from, int to) throws Exception {
        fixture.receiver().close();
        fixture.send(new Destination.DeadLetters(fixture.group), from, to);
    }

    private List<String> pass(int max) {
        List<String> ids = new ArrayList<>();
        try (DeadLetterCursor cursor = admin.openDeadLetters(fixture.group)) {
            for (List<Message> page = cursor.next(max); !page.isEmpty(); page = cursor.next(max)) {
                assertThat(page).hasSizeLessThanOrEqualTo(max);
                page.forEach(message -> ids.add(message.id()));
            }
        }
        return ids;
    }
}
