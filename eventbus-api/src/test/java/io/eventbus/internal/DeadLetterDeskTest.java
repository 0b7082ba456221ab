package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.GROUP;
import static io.eventbus.internal.EngineBench.TOPIC;
import static io.eventbus.internal.EngineBench.awaitParked;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.BusClosedException;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterFormatException;
import io.eventbus.DeadLetterPage;
import io.eventbus.DeadLetterReason;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.EventBusException;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.ReplayOptions;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done with dead letters, on a broker that keeps them as a list. */
@Timeout(60)
class DeadLetterDeskTest {
    private static final Group OWN = new Group(TOPIC, GROUP);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeadLetterFilter ALL = DeadLetterFilter.all();
    private static final ReplayOptions SLOW = ReplayOptions.defaults().withRate(0.001);

    private final EngineBench bench = new EngineBench();
    private final DeadLetters desk = bench.bus().deadLetters();

    @BeforeEach
    void start() {
        bench.bus().start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void bury(Message letter) {
        bench.transport().sent().add(new FedTransport.Sent(new Destination.DeadLetters(OWN), letter));
    }

    private void bury(String id, int second) {
        bury(letter(id, second, Map.of()));
    }

    private static Message letter(String id, int second, Map<String, String> more) {
        return message(
                        id,
                        "key",
                        Map.of(
                                HeaderNames.LAST_FAILURE,
                                START.plusSeconds(second).toString()))
                .plus(more);
    }

    /** What was sent to the group again. */
    private List<Message> replayed() {
        return bench.transport().sent().all().stream()
                .filter(sent -> sent.destination().equals(new Destination.Inbox(OWN)))
                .map(FedTransport.Sent::message)
                .toList();
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.event().id()).toList();
    }

    private List<String> ids() {
        return ids(desk.list(1000));
    }

    private void refuseSends() {
        bench.transport()
                .answerSends(() -> CompletableFuture.failedFuture(
                        new TransportException(Kind.REJECTED, Outcome.NOT_ACCEPTED, "told to refuse", null)));
    }

    @Test
    @DisplayName("pages show every letter once, in the order of their last failures, whatever the broker's order is")
    void pages() {
        int count = 23;
        IntStream.range(0, count).forEach(i -> bury("event-" + i, i * 7 % count));
        List<Instant> shown = new ArrayList<>();
        Optional<String> mark = Optional.empty();
        do {
            DeadLetterPage page = desk.list(ALL, 5, mark.orElse(null));
            page.letters().forEach(letter -> shown.add(letter.lastFailure()));
            mark = page.next();
        } while (mark.isPresent());
        assertThat(shown)
                .isEqualTo(
                        IntStream.range(0, count).mapToObj(START::plusSeconds).toList());
    }

    @Test
    @DisplayName("the next page is the same when the letters of the one before are gone and others have come")
    void pageAfterRemoval() {
        List.of("a", "b", "c", "d").forEach(id -> bury(id, 1));
        DeadLetterPage first = desk.list(ALL, 2, null);
        first.letters().forEach(letter -> desk.replay(letter.event().id()));
        bury("e", 2);
        assertThat(ids(first.letters())).containsExactly("a", "b");
        assertThat(ids(desk.list(ALL, 2, first.nextMark()).letters())).containsExactly("c", "d");
    }

    @Test
    @DisplayName("letters with the same id and the same time are each shown once")
    void equalLetters() {
        IntStream.range(0, 5).forEach(i -> bury("same", 1));
        DeadLetterPage first = desk.list(ALL, 2, null);
        DeadLetterPage second = desk.list(ALL, 2, first.nextMark());
        DeadLetterPage third = desk.list(ALL, 2, second.nextMark());
        assertThat(List.of(
                        first.letters().size(),
                        second.letters().size(),
                        third.letters().size()))
                .containsExactly(2, 2, 1);
        assertThat(third.next()).isEmpty();
    }

    @Test
    @DisplayName("a mark that is from no page, and a limit of zero, are refused")
    void badQuestions() {
        assertThatThrownBy(() -> desk.list(ALL, 1, "nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nonsense'");
        assertThatThrownBy(() -> desk.list(0)).hasMessageContaining("limit is 0");
    }

    @Test
    @DisplayName("a filter narrows by ids, type, key, reason and time, and by all of them together")
    void filters() {
        bury("a", 1);
        bury(letter("b", 2, Map.of(HeaderNames.REASON, "UNDECODABLE")));
        Message other = message("c", "other");
        bury(new Message(
                "c",
                "Bill",
                "Paid",
                "other",
                "Bill.Paid",
                "",
                letter("c", 3, Map.of()).attributes(),
                Map.of(),
                other.body()));
        assertThat(found(ALL)).containsExactly("a", "b", "c");
        assertThat(found(ALL.withIds(List.of("a", "c", "x")))).containsExactly("a", "c");
        assertThat(found(ALL.withType("Bill.*"))).containsExactly("c");
        assertThat(found(ALL.withType("Order.Placed"))).containsExactly("a", "b");
        assertThat(found(ALL.withKey("other"))).containsExactly("c");
        assertThat(found(ALL.withReason(DeadLetterReason.UNDECODABLE))).containsExactly("b");
        assertThat(found(ALL.withFailedFrom(START.plusSeconds(2)))).containsExactly("b", "c");
        assertThat(found(ALL.withFailedBefore(START.plusSeconds(2)))).containsExactly("a");
        assertThat(found(ALL.withKey("key").withReason(DeadLetterReason.UNDECODABLE)))
                .containsExactly("b");
        assertThatThrownBy(() -> ALL.withIds(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> found(DeadLetterFilter filter) {
        List<String> found = ids(desk.list(filter, 10, null).letters());
        assertThat(desk.count(filter)).isEqualTo(found.size());
        return found;
    }

    @Test
    @DisplayName("one letter is found by its id, and stays")
    void findsOne() {
        bury("a", 1);
        assertThat(desk.find("a")).map(letter -> letter.event().id()).contains("a");
        assertThat(desk.find("b")).isEmpty();
        assertThat(desk.count()).isOne();
    }

    @Test
    @DisplayName("a replay of some leaves the others")
    void replaysSome() {
        List.of("a", "b", "c").forEach(id -> bury(id, 1));
        assertThat(desk.replay(ALL.withIds(List.of("a", "c")), ReplayOptions.defaults()))
                .isEqualTo(2);
        assertThat(replayed()).extracting(Message::id).containsExactly("a", "c");
        assertThat(ids()).containsExactly("b");
    }

    @Test
    @DisplayName("a dry run tells what would be replayed, sends nothing and removes nothing")
    void dryRun() {
        List.of("a", "b").forEach(id -> bury(id, 1));
        List<DeadLetter> told = new ArrayList<>();
        assertThat(desk.replay(ALL, ReplayOptions.defaults().asDryRun().onEach(told::add)))
                .isEqualTo(2);
        assertThat(ids(told)).containsExactly("a", "b");
        assertThat(replayed()).isEmpty();
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    @DisplayName("a replay is no faster than its rate")
    void rate() {
        int count = 6;
        IntStream.range(0, count).forEach(i -> bury("event-" + i, i));
        long begin = System.nanoTime();
        desk.replay(ALL, ReplayOptions.defaults().withRate(100));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(replayed()).hasSize(count);
    }

    @Test
    @DisplayName("a rate of zero, and one that is no number, are refused")
    void badRate() {
        assertThatThrownBy(() -> SLOW.withRate(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SLOW.withRate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("closing the bus ends a replay between two letters, and what was not replayed stays")
    void closeEndsReplay() throws InterruptedException {
        List.of("a", "b").forEach(id -> bury(id, 1));
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread replaying = replaySlowly(failure);
        bench.close();
        replaying.join();
        assertThat(failure.get()).isInstanceOf(BusClosedException.class);
        assertThat(replayed()).extracting(Message::id).containsExactly("a");
    }

    @Test
    @DisplayName("an interrupt ends a replay between two letters, and what was not replayed stays")
    void interruptEndsReplay() throws InterruptedException {
        List.of("a", "b").forEach(id -> bury(id, 1));
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread replaying = replaySlowly(failure);
        replaying.interrupt();
        replaying.join();
        assertThat(failure.get()).isInstanceOf(EventBusException.class).hasMessageContaining("interrupted");
        assertThat(ids()).containsExactly("b");
    }

    /** Returns when the first of two is replayed. */
    private Thread replaySlowly(AtomicReference<@Nullable Throwable> failure) {
        Arrived<String> told = new Arrived<>();
        Thread replaying = new Thread(() -> {
            try {
                desk.replay(ALL, SLOW.onEach(letter -> told.add(letter.event().id())));
            } catch (EventBusException e) {
                failure.set(e);
            }
        });
        replaying.start();
        told.await(0);
        awaitParked(replaying);
        return replaying;
    }

    @Test
    @DisplayName("what the broker does not accept stays, and so do those behind it")
    void refused() {
        List.of("a", "b").forEach(id -> bury(id, 1));
        refuseSends();
        assertThatThrownBy(desk::replayAll).isInstanceOf(PublishException.class);
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    @DisplayName("an edited event has what the edit gave it, and all else as it was")
    void edits() {
        bury(letter("a", 1, Map.of("source", "there", "foreign", "kept", HeaderNames.CORRELATION_ID, "c")));
        byte[] body = "new".getBytes(StandardCharsets.UTF_8);
        assertThat(desk.replayEdited(
                        "a",
                        event -> new Event<>(
                                        new RawEvent("Order", "Changed", "k2", "text/plain", body), event.metadata())
                                .withHeader("h", "1")))
                .isTrue();
        Message sent = replayed().get(0);
        assertThat(sent.id()).isEqualTo("a");
        assertThat(sent.typeKey()).isEqualTo("Order.Changed");
        assertThat(sent.routingKey()).isEqualTo("Order.Changed");
        assertThat(sent.key()).isEqualTo("k2");
        assertThat(sent.contentType()).isEqualTo("text/plain");
        assertThat(sent.headers()).isEqualTo(Map.of("h", "1"));
        assertThat(sent.body()).isEqualTo(body);
        assertThat(sent.attributes())
                .containsEntry("source", "there")
                .containsEntry("foreign", "kept")
                .containsEntry(HeaderNames.CORRELATION_ID, "c")
                .containsEntry(HeaderNames.REPLAYS, "1")
                .doesNotContainKey(HeaderNames.LAST_FAILURE);
        assertThat(desk.count()).isZero();
    }

    @Test
    @DisplayName("an edit may change the key and the id by the event's own methods")
    void editsByMethods() {
        bury("a", 1);
        desk.replayEdited("a", event -> event.withKey("k2").withId("a2"));
        assertThat(replayed().get(0).key()).isEqualTo("k2");
        assertThat(replayed().get(0).id()).isEqualTo("a2");
    }

    @Test
    @DisplayName("an edit that the transport cannot carry, or that fails, changes nothing")
    void badEdits() {
        bury("a", 1);
        assertThatThrownBy(() -> desk.replayEdited("a", event -> event.withId("")))
                .isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> desk.replayEdited("a", event -> {
                    throw new IllegalStateException("told to fail");
                }))
                .hasMessage("told to fail");
        assertThat(desk.replayEdited("unknown", event -> event)).isFalse();
        assertThat(replayed()).isEmpty();
        assertThat(ids()).containsExactly("a");
    }

    @Test
    @DisplayName("a purge removes those that are meant")
    void purges() {
        List.of("a", "b", "c").forEach(id -> bury(id, 1));
        assertThat(desk.purge(ALL.withIds(List.of("b")))).isOne();
        assertThat(ids()).containsExactly("a", "c");
        assertThat(desk.purge()).isEqualTo(2);
        assertThat(desk.count()).isZero();
    }

    @Test
    @DisplayName("a letter without an id has one that is the same each time, and can be replayed by it")
    void withoutId() {
        bury("", 1);
        String id = ids().get(0);
        assertThat(id).isNotEmpty();
        assertThat(ids()).containsExactly(id);
        assertThat(desk.replay(id)).isTrue();
        assertThat(replayed()).extracting(Message::id).containsExactly(id);
    }

    @Test
    @DisplayName("an import puts in the lines before one that is no dead letter, and names that")
    void badLine() {
        bury("a", 1);
        List<String> lines = new ArrayList<>();
        desk.exportTo(lines::add, ALL);
        desk.purge();
        lines.add(0, "");
        lines.add("{\"id\":\"b\"}");
        lines.add(lines.get(1));
        assertThatThrownBy(() -> desk.importFrom(lines.iterator()))
                .isInstanceOfSatisfying(
                        DeadLetterFormatException.class,
                        e -> assertThat(e.line()).isEqualTo(3))
                .hasMessageContaining("body");
        assertThat(ids()).containsExactly("a");
    }

    @Test
    @DisplayName("an import that the broker refuses says so")
    void refusedImport() {
        refuseSends();
        List<String> lines = List.of(DeadLetterLine.format(letter("a", 1, Map.of())));
        assertThatThrownBy(() -> desk.importFrom(lines.iterator())).isInstanceOf(PublishException.class);
    }
}
