package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.IN_FLIGHT;
import static io.eventbus.inmemory.Bench.LONG;
import static io.eventbus.inmemory.Bench.numbers;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.texts;
import static io.eventbus.inmemory.Bench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the members of a group share its messages. */
@Timeout(60)
class MembersTest {
    private final Bench bench = new Bench();
    private final Receiver first = bench.join(GROUP);
    private final Receiver second = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("ten messages are shared five to five by two members, in turn")
    void sharesInTurn() {
        bench.send(numbers(1, 10));
        assertThat(texts(take(first))).containsExactly("1", "3", "5", "7", "9");
        assertThat(texts(take(second))).containsExactly("2", "4", "6", "8", "10");
    }

    @Test
    @DisplayName("two members that wait both get work")
    void bothGetWork() {
        CompletableFuture<List<Delivery>> one = waiting(first);
        CompletableFuture<List<Delivery>> two = waiting(second);
        bench.send("1", "2");
        assertThat(texts(one.join())).containsExactly("1");
        assertThat(texts(two.join())).containsExactly("2");
    }

    @Test
    @DisplayName("messages are shared evenly however fast one of the members polls")
    void sharesEvenlyWhileBothPoll() {
        CompletableFuture<List<String>> one =
                CompletableFuture.supplyAsync(() -> takeFive(first)).orTimeout(30, TimeUnit.SECONDS);
        CompletableFuture<List<String>> two =
                CompletableFuture.supplyAsync(() -> takeFive(second)).orTimeout(30, TimeUnit.SECONDS);
        bench.send(numbers(1, 10));
        assertThat(one.join()).containsExactly("1", "3", "5", "7", "9");
        assertThat(two.join()).containsExactly("2", "4", "6", "8", "10");
    }

    private static List<String> takeFive(Receiver receiver) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < 5) {
            taken.addAll(texts(receiver.poll(IN_FLIGHT, LONG)));
        }
        return taken;
    }

    @Test
    @DisplayName("a member without room gets nothing, and the others its share")
    void passesOverMembersWithoutRoom() {
        second.poll(0, Duration.ZERO);
        bench.send(numbers(1, 10));
        assertThat(texts(take(first))).containsExactly(numbers(1, 10));
    }

    @Test
    @DisplayName("a member that got all it asked for is passed over until it polls again")
    void passesOverSatisfiedMembers() {
        bench.send("1");
        first.poll(1, Duration.ZERO);
        bench.send("2", "3");
        assertThat(texts(take(second))).containsExactly("2", "3");
    }

    @Test
    @DisplayName("a member that loses its room gives its share back before it is fetched")
    void givesTheShareBack() {
        bench.send(numbers(1, 4));
        second.poll(0, Duration.ZERO);
        assertThat(texts(take(first))).containsExactly(numbers(1, 4));
    }

    @Test
    @DisplayName("a member that drains gives back what it did not fetch, takes no more, and may still settle")
    void drains() {
        bench.send(numbers(1, 4));
        Delivery held = second.poll(1, Duration.ZERO).get(0);
        second.drain();
        bench.send("5");
        assertThat(take(second)).isEmpty();
        held.accept();
        assertThat(texts(take(first))).containsExactly("1", "3", "4", "5");
        assertThat(bench.describe(GROUP).backlog()).isEqualTo(4);
    }

    @Test
    @DisplayName("a member that waits without room leaves alone what others have not fetched")
    void waitsWithoutRoom() {
        bench.send(numbers(1, 4));
        second.poll(0, Duration.ZERO);
        second.poll(0, Duration.ZERO);
        assertThat(texts(take(first))).containsExactly(numbers(1, 4));
    }

    @Test
    @DisplayName("no member is given more than it asked for")
    void respectsTheRoom() {
        first.poll(2, Duration.ZERO);
        second.poll(3, Duration.ZERO);
        bench.send(numbers(1, 10));
        assertThat(first.poll(2, Duration.ZERO)).hasSize(2);
        assertThat(second.poll(3, Duration.ZERO)).hasSize(3);
        assertThat(bench.describe(GROUP).backlog()).isEqualTo(10);
    }

    @Test
    @DisplayName("a member that waits in vain takes what another does not fetch")
    void takesOverWhatIsNotFetched() {
        bench.send(numbers(1, 4));
        assertThat(texts(take(first))).containsExactly("1", "3");
        assertThat(texts(take(first))).containsExactly("2", "4");
        assertThat(take(second)).isEmpty();
    }

    @Test
    @DisplayName("a new member gets its part of what the others have no room for")
    void newMemberTakesPart() {
        first.poll(1, Duration.ZERO);
        second.poll(1, Duration.ZERO);
        bench.send(numbers(1, 6));
        assertThat(texts(take(bench.join(GROUP)))).containsExactly("3", "4", "5", "6");
    }

    @Test
    @DisplayName(
            "what a leaving member has not settled goes to another in the old order, whether it was fetched or not")
    void leavesToTheOther() {
        bench.send(numbers(1, 6));
        second.poll(1, Duration.ZERO);
        second.close();
        assertThat(texts(take(first))).containsExactly(numbers(1, 6));
    }

    @Test
    @DisplayName("a member that waits is woken by what another gives back")
    void wokenByRelease() {
        bench.send("1");
        Delivery delivery = take(first).get(0);
        first.poll(0, Duration.ZERO);
        CompletableFuture<List<Delivery>> waiting = waiting(second);
        delivery.release();
        assertThat(texts(waiting.join())).containsExactly("1");
    }

    @Test
    @DisplayName("a member that waits is woken by what a leaving one gives back")
    void wokenByLeaving() {
        bench.send("1");
        take(first);
        CompletableFuture<List<Delivery>> waiting = waiting(second);
        first.close();
        assertThat(texts(waiting.join())).containsExactly("1");
    }
}
