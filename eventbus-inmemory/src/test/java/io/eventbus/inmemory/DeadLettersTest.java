package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a group keeps of what it could not handle. */
class DeadLettersTest {
    private final Bench bench = new Bench();
    private final Receiver receiver = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("a pass shows the dead letters of one group, oldest first, in parts")
    void showsInParts() {
        bury(GROUP, "1", "2", "3");
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            assertThat(texts(cursor.next(2))).containsExactly("1", "2");
            assertThat(texts(cursor.next(2))).containsExactly("3");
            assertThat(cursor.next(2)).isEmpty();
        }
    }

    @Test
    @DisplayName("dead letters belong to one group and are not delivered")
    void belongToOneGroup() {
        Receiver other = bench.join(OTHER);
        bury(GROUP, "1");
        assertThat(bench.describe(OTHER).deadLetters()).isZero();
        assertThat(take(receiver)).isEmpty();
        assertThat(take(other)).isEmpty();
    }

    @Test
    @DisplayName("a pass shows also what is buried while it lasts")
    void showsWhatComes() {
        bury(GROUP, "1");
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            cursor.next(10);
            bury(GROUP, "2");
            assertThat(texts(cursor.next(10))).containsExactly("2");
        }
    }

    @Test
    @DisplayName("what was removed is gone for good, what was not is shown by the next pass")
    void removes() {
        bury(GROUP, "1", "2", "3");
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            cursor.remove(cursor.next(3).get(1));
        }
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            assertThat(texts(cursor.next(10))).containsExactly("1", "3");
        }
    }

    @Test
    @DisplayName("letters with the same content are told apart")
    void tellsEqualLettersApart() {
        bury(GROUP, "same", "same");
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            cursor.remove(cursor.next(2).get(0));
        }
        assertThat(bench.describe(GROUP).deadLetters()).isOne();
    }

    @Test
    @DisplayName("two passes show the same letters, and both may remove one")
    void passesAreIndependent() {
        bury(GROUP, "1", "2");
        try (DeadLetterCursor one = cursor(GROUP);
                DeadLetterCursor two = cursor(GROUP)) {
            Message first = one.next(10).get(0);
            Message same = two.next(10).get(0);
            one.remove(first);
            one.remove(first);
            two.remove(same);
            assertThat(bench.describe(GROUP).deadLetters()).isOne();
        }
    }

    @Test
    @DisplayName("a pass refuses to remove a message that it did not show")
    void refusesForeignLetters() {
        bury(GROUP, "1");
        try (DeadLetterCursor cursor = cursor(GROUP)) {
            assertThatThrownBy(() -> cursor.remove(Bench.message("1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("id-1");
        }
    }

    @Test
    @DisplayName("overwriting a shown letter does not change the stored one")
    void copies() {
        bury(GROUP, "original");
        try (DeadLetterCursor one = cursor(GROUP);
                DeadLetterCursor two = cursor(GROUP)) {
            Arrays.fill(one.next(1).get(0).body(), (byte) 'x');
            assertThat(texts(two.next(1))).containsExactly("original");
        }
    }

    @Test
    @DisplayName("purging removes all and tells how many")
    void purges() {
        bury(GROUP, "1", "2");
        assertThat(bench.transport.admin().purgeDeadLetters(GROUP)).isEqualTo(2);
        assertThat(bench.describe(GROUP).deadLetters()).isZero();
    }

    @Test
    @DisplayName("a group that does not exist shows none, purges none and takes none")
    void unknownGroup() {
        Group unknown = new Group("orders", "unknown");
        assertThat(cursor(unknown).next(10)).isEmpty();
        assertThat(bench.transport.admin().purgeDeadLetters(unknown)).isZero();
        assertThat(Refused.by(() -> bury(unknown, "1"), Kind.REJECTED)).contains("'unknown'", "does not exist");
    }

    @Test
    @DisplayName("an ephemeral group takes none")
    void ephemeralGroup() {
        bench.joinEphemeral(OTHER);
        assertThat(Refused.by(() -> bury(OTHER, "1"), Kind.REJECTED)).contains("'audit'", "ephemeral");
    }

    @Test
    @DisplayName("a closed pass shows and removes nothing")
    void closedPass() {
        bury(GROUP, "1");
        DeadLetterCursor cursor = cursor(GROUP);
        Message letter = cursor.next(1).get(0);
        cursor.close();
        cursor.close();
        Refused.by(() -> cursor.next(1), Kind.UNAVAILABLE);
        Refused.by(() -> cursor.remove(letter), Kind.UNAVAILABLE);
    }

    private void bury(Group group, String... texts) {
        for (String text : texts) {
            bench.sendTo(new Destination.DeadLetters(group), text);
        }
    }

    private DeadLetterCursor cursor(Group group) {
        return bench.transport.admin().openDeadLetters(group);
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(message -> text(message)).toList();
    }
}
