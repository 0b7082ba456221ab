package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterPage;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.ReplayOptions;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: what is done with dead letters, some of them and many. */
@Conformance
public class DeadLetterDeskRules {

    private static final String KEY = FailingGroup.KEY;
    private static final String OTHER_KEY = "other";
    private static final DeadLetterFilter ALL = DeadLetterFilter.all();

    /** Run by JUnit. */
    public DeadLetterDeskRules() {}

    @Test
    @Rule("DLQ-5")
    @DisplayName("a replay of some takes those that the filter means, a dry run takes none, and each is told")
    final void replaysByFilter(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        Event<?> kept = Event.of(Sample.placed(KEY, 1));
        Event<?> meant = Event.of(Sample.placed(OTHER_KEY, 2));
        Event<?> last = Event.of(Sample.placed(KEY, 3));
        group.bury(kit, kept, meant, last);
        group.succeed();
        DeadLetterFilter filter = ALL.withKey(OTHER_KEY);
        List<DeadLetter> told = new ArrayList<>();
        ReplayOptions telling = ReplayOptions.defaults().onEach(told::add);
        assertEquals(1, group.desk().replay(filter, telling.asDryRun()), "in a dry run");
        assertEquals(3, kit.deadLetters(group.member(), 3).size(), "dead letters after a dry run");
        assertEquals(1, group.desk().replay(filter, telling));
        assertEquals(List.of(meant.id(), meant.id()), FailingGroup.ids(told));
        kit.await().count("the replayed event", group.witness().calls(), 7);
        kit.fence(group.publisher(), OTHER_KEY, group.witness());
        group.fence(kit);
        assertEquals(
                List.of(2),
                group.callsAfter(6).stream().map(e -> e.payload().number()).toList());
        assertEquals(
                Set.of(kept.id(), last.id()),
                Set.copyOf(FailingGroup.ids(group.desk().list(10))));
        assertEquals(1, group.desk().purge(ALL.withIds(List.of(last.id()))), "purged");
        assertEquals(List.of(kept.id()), FailingGroup.ids(group.desk().list(10)));
        assertEquals(1, group.desk().purge(), "the rest");
        assertEquals(0, group.desk().count(), "dead letters after a purge");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("the pages of the dead letters show each once, and leave them where they are")
    final void pagesShowEachOnce(Kit kit) {
        FailingGroup group = new FailingGroup(kit, kit.name("topic"), 1);
        int count = 250;
        List<String> ids = FailingGroup.eventIds(group.bury(kit, count));
        List<String> shown = new ArrayList<>();
        Optional<String> mark = Optional.empty();
        int pages = 0;
        do {
            DeadLetterPage page = group.desk().list(ALL, 100, mark.orElse(null));
            shown.addAll(FailingGroup.ids(page.letters()));
            mark = page.next();
            pages++;
        } while (mark.isPresent() && pages < 4);
        assertEquals(ids, shown);
        assertEquals(3, pages, "pages");
        kit.deadLetters(group.member(), count);
        assertEquals(
                Optional.of(ids.get(200)),
                group.desk().find(ids.get(200)).map(one -> one.event().id()));
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("an edited event comes to the group with its new content, its old id, and attempt 1")
    final void replaysEdited(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        Event<?> event = group.bury(kit, Event.of(Sample.placed(KEY, 1)).withHeader("a", "1"))
                .get(0);
        group.succeed();
        assertTrue(group.desk().replayEdited(event.id(), letter -> {
            String json = new String(letter.payload().body(), StandardCharsets.UTF_8);
            byte[] corrected = json.replace("\"number\":1", "\"number\":9").getBytes(StandardCharsets.UTF_8);
            RawEvent raw = letter.payload();
            return new Event<>(
                            new RawEvent(raw.aggregateType(), raw.type(), raw.key(), raw.contentType(), corrected),
                            letter.metadata())
                    .withHeader("b", "2");
        }));
        kit.await().count("the edited event", group.witness().calls(), 3);
        Event<Sample.Placed> handled = group.callsAfter(2).get(0);
        assertEquals(9, handled.payload().number(), "the number in the payload");
        assertEquals(Map.of("a", "1", "b", "2"), handled.headers());
        assertEquals(event.id(), handled.id());
        assertEquals(1, handled.attempt());
        assertEquals(0, group.desk().count(), "dead letters");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("exported dead letters are the same when they are imported, and can be replayed")
    final void exportsAndImports(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        List<Event<?>> events = group.bury(
                kit, Event.of(Sample.placed(KEY, 1)).withHeader("h", "ä\n"), Event.of(Sample.placed(KEY, 2)));
        List<String> lines = new ArrayList<>();
        assertEquals(2, group.desk().exportTo(lines::add, ALL));
        List<DeadLetter> before = kit.deadLetters(group.member(), 2);
        assertEquals(2, group.desk().purge());
        assertEquals(2, group.desk().importFrom(lines.iterator()));
        List<DeadLetter> after = kit.deadLetters(group.member(), 2);
        for (int i = 0; i < 2; i++) {
            assertEquals(before.get(i).event().metadata(), after.get(i).event().metadata());
            assertArrayEquals(
                    before.get(i).event().payload().body(),
                    after.get(i).event().payload().body());
            assertEquals(diagnosis(before.get(i)), diagnosis(after.get(i)));
        }
        group.succeed();
        assertEquals(2, group.desk().replayAll());
        kit.await().count("the replayed events", group.witness().calls(), 6);
        assertEquals(FailingGroup.eventIds(events), FailingGroup.eventIds(group.callsAfter(4)));
    }

    /** All that a letter says beside its event, in words that tell where two differ. */
    private static String diagnosis(DeadLetter letter) {
        return Stream.of(
                        letter.topic(),
                        letter.group(),
                        letter.member(),
                        letter.reason(),
                        letter.handlers(),
                        letter.exceptionType(),
                        letter.exceptionMessage(),
                        letter.attempts(),
                        letter.replays(),
                        letter.firstFailure(),
                        letter.lastFailure(),
                        letter.stack())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("a replay that is limited in its rate takes at least the time that this rate takes")
    final void keepsToRate(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        group.bury(kit, 5);
        group.succeed();
        Duration atLeast = Duration.ofSeconds(1);
        long start = System.nanoTime();
        assertEquals(5, group.desk().replay(ALL, ReplayOptions.defaults().withRate(4)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(atLeast) >= 0, () -> "five letters at four a second took " + took);
        assertEquals(0, group.desk().count(), "dead letters");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName(
            "what another put into the dead letters, though it is no event, is shown, exported and imported byte for byte")
    final void foreignLetters(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        group.bury(kit, 2);
        byte[] body = {(byte) 0xFF, 0, 1};
        Message foreign = new Message("", "", "", null, "", "", Map.of(), Map.of("x", "y"), body);
        try (Sender sender = group.member().openSender()) {
            var sent = sender.send(new Destination.DeadLetters(new Group(group.topic(), group.name())), foreign);
            sender.flush();
            kit.await().result("the sending of a foreign message", sent);
        }
        String id = kit.deadLetters(group.member(), 3).get(0).event().id();
        List<String> lines = new ArrayList<>();
        assertEquals(1, group.desk().exportTo(lines::add, ALL.withIds(List.of(id))));
        assertEquals(1, group.desk().purge(ALL.withIds(List.of(id))));
        assertEquals(1, group.desk().importFrom(lines.iterator()));
        kit.deadLetters(group.member(), 3);
        Event<RawEvent> shown = group.desk().find(id).orElseThrow().event();
        assertArrayEquals(body, shown.payload().body());
        assertEquals("y", shown.headers().get("x"));
    }
}
