package io.eventbus.tck.rules;

import static io.eventbus.DeadLetterReason.ATTEMPTS_EXHAUSTED;
import static io.eventbus.DeadLetterReason.NOT_RETRYABLE;
import static io.eventbus.DeadLetterReason.UNKNOWN_TYPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterPage;
import io.eventbus.Event;
import io.eventbus.ReplayOptions;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: which dead letters a filter means, by what the broker has kept of them. */
@Conformance
public class DeadLetterFilterRules {

    private static final DeadLetterFilter ALL = DeadLetterFilter.all();

    /** Run by JUnit. */
    public DeadLetterFilterRules() {}

    @Test
    @Rule("DLQ-5")
    @DisplayName("the dead letters of a type, of a key or of a reason are listed and counted, and no others")
    final void byTypeKeyAndReason(Kit kit) {
        MixedLetters group = new MixedLetters(kit);
        assertMeant(group, ALL.withType("Order.Placed"), group.exhausted(), group.garbled());
        assertMeant(group, ALL.withKey(MixedLetters.OTHER_KEY), group.hopeless(), group.garbled());
        assertMeant(group, ALL.withReason(UNKNOWN_TYPE), group.unknown());
        assertMeant(
                group,
                ALL.withType("Order.*").withKey(MixedLetters.OTHER_KEY).withReason(NOT_RETRYABLE),
                group.hopeless());
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName(
            "the dead letters that failed from one time on or before another are listed and counted, and no others")
    final void byTime(Kit kit) {
        MixedLetters group = new MixedLetters(kit);
        Instant second = group.hopeless().lastFailure();
        Instant fourth = group.garbled().lastFailure();
        assertMeant(group, ALL.withFailedFrom(fourth), group.garbled());
        assertMeant(group, ALL.withFailedBefore(second), group.exhausted());
        assertMeant(group, ALL.withFailedFrom(second).withFailedBefore(fourth), group.hopeless(), group.unknown());
    }

    private static void assertMeant(MixedLetters group, DeadLetterFilter filter, DeadLetter... meant) {
        assertEquals(
                FailingGroup.ids(List.of(meant)),
                FailingGroup.ids(group.desk().list(filter, 10, null).letters()),
                () -> "listed by " + filter);
        assertEquals(meant.length, group.desk().count(filter), () -> "counted by " + filter);
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("a replay by reason, or by type and time, takes just those dead letters")
    final void replays(Kit kit) {
        MixedLetters group = new MixedLetters(kit);
        group.succeed();
        ReplayOptions options = ReplayOptions.defaults();
        assertEquals(1, group.desk().replay(ALL.withReason(NOT_RETRYABLE), options), "of a reason");
        kit.await().count("the event that was not retried", group.handled(), 1);
        Instant before = group.garbled().lastFailure();
        assertEquals(
                1,
                group.desk().replay(ALL.withType("Order.Placed").withFailedBefore(before), options),
                "of a type and before a time");
        kit.await().count("the event of the type", group.handled(), 2);
        assertEquals(
                FailingGroup.ids(List.of(group.hopeless(), group.exhausted())),
                group.handled().snapshot());
        List<DeadLetter> left = group.desk().list(10);
        assertEquals(FailingGroup.ids(List.of(group.unknown(), group.garbled())), FailingGroup.ids(left), "what stays");
        assertEquals(List.of(0, 0), left.stream().map(DeadLetter::replays).toList(), "replays of what stays");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("a purge by time, or by type and reason, removes just those dead letters")
    final void purges(Kit kit) {
        MixedLetters group = new MixedLetters(kit);
        Instant fourth = group.garbled().lastFailure();
        assertEquals(1, group.desk().purge(ALL.withFailedFrom(fourth)), "from a time on");
        assertEquals(
                1, group.desk().purge(ALL.withType("Order.*").withReason(NOT_RETRYABLE)), "of a type and a reason");
        assertEquals(
                FailingGroup.ids(List.of(group.exhausted(), group.unknown())),
                FailingGroup.ids(group.desk().list(10)),
                "what stays");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("the pages of those that a filter means show each of them once, and no others")
    final void pages(Kit kit) {
        FailingGroup group = new FailingGroup(kit, kit.name("topic"), 1);
        List<Event<?>> meant = events(MixedLetters.OTHER_KEY);
        bury(kit, group, meant.subList(0, 5));
        bury(kit, group, events(MixedLetters.KEY));
        bury(kit, group, meant.subList(5, 10));
        DeadLetterFilter filter = ALL.withKey(MixedLetters.OTHER_KEY).withReason(ATTEMPTS_EXHAUSTED);
        DeadLetterPage first = group.desk().list(filter, 4, null);
        DeadLetterPage second = group.desk().list(filter, 4, first.nextMark());
        DeadLetterPage third = group.desk().list(filter, 4, second.nextMark());
        List<String> ids = FailingGroup.eventIds(meant);
        assertEquals(ids.subList(0, 4), FailingGroup.ids(first.letters()), "the first page");
        assertEquals(ids.subList(4, 8), FailingGroup.ids(second.letters()), "the second page");
        assertEquals(ids.subList(8, 10), FailingGroup.ids(third.letters()), "the third page");
        assertNull(third.nextMark(), "the mark behind the last page");
    }

    /** Waits, as events of different keys fail in any order: others than those that are meant have to lie between them. */
    private static void bury(Kit kit, FailingGroup group, List<Event<?>> events) {
        group.bury(kit, events.toArray(Event<?>[]::new));
    }

    private static List<Event<?>> events(String key) {
        return IntStream.rangeClosed(1, 10)
                .<Event<?>>mapToObj(number -> Event.of(Sample.placed(key, number)))
                .toList();
    }
}
