package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker against histories that a simulated bus makes from seeds, and against the same histories with one fault put in. */
class SimulatedHistoryTest {

    private static final int EVENTS = 200;
    private static final Group GROUP = new Group("t", "g");

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("Whatever a correct bus does, through failures, cuts and crashes, is sound")
    void correctBus(long seed) {
        Judgement judgement = HistoryChecker.withSeed(seed)
                .withKeyOrderAcrossMembers()
                .check(new SimulatedBus(seed, GROUP).run(EVENTS));
        assertThat(judgement).as(judgement::describe).isEqualTo(new Judgement.Sound(seed));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("An event that is taken out of a correct history is lost")
    void lost(long seed) {
        History history = new SimulatedBus(seed, GROUP).run(EVENTS);
        List<String> accepted = history.with(Op.PUBLISH_RETURN)
                .filter(record -> record.outcome() == Outcome.ACCEPTED)
                .map(HistoryRecord::id)
                .toList();
        String victim = accepted.get(new Random(seed).nextInt(accepted.size()));
        assertThat(checks(seed, without(history, victim))).contains(Check.NO_LOSS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("An event that is handled once more at the end of a correct history is a duplicate")
    void duplicated(long seed) {
        History history = new SimulatedBus(seed, GROUP).run(EVENTS);
        HistoryRecord success = history.with(Op.HANDLE_END)
                .filter(record -> record.outcome() == Outcome.SUCCESS)
                .filter(record -> publishes(history, record.id()) == 1)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(checks(seed, withRepeat(history, success))).contains(Check.EXPLAINED_DUPLICATES);
    }

    @Test
    @DisplayName(
            "The simulated bus does what the checker must understand: duplicates, rewinds, every outcome, cuts and crashes")
    void reaches() {
        List<History> histories =
                seeds().map(seed -> new SimulatedBus(seed, GROUP).run(EVENTS)).toList();
        assertThat(histories).allMatch(history -> history.with(Op.CUT).count() > 0);
        assertThat(histories).allMatch(history -> history.with(Op.CRASH).count() > 0);
        assertThat(histories).anyMatch(history -> history.with(Op.DEAD_LETTER).count() > 0);
        assertThat(histories.stream().flatMap(history -> history.with(Op.PUBLISH_RETURN)))
                .extracting(HistoryRecord::outcome)
                .contains(Outcome.ACCEPTED, Outcome.NOT_ACCEPTED, Outcome.UNKNOWN);
        assertThat(histories)
                .anyMatch(history -> new Timeline(history)
                        .passagesIn(GROUP).stream()
                                .anyMatch(passage -> passage.successes().size() > 1));
    }

    private static List<Check> checks(long seed, History history) {
        HistoryChecker checker = HistoryChecker.withSeed(seed).withKeyOrderAcrossMembers();
        return CheckerTest.violations(checker, history).stream()
                .map(Violation::check)
                .toList();
    }

    private static long publishes(History history, String id) {
        return history.with(Op.PUBLISH_INVOKE)
                .filter(record -> record.id().equals(id))
                .count();
    }

    /** The history in which the event never came to the group. */
    private static History without(History history, String id) {
        return renumbered(history.records().stream()
                .filter(record -> !record.id().equals(id) || record.group().isEmpty())
                .toList());
    }

    private static History withRepeat(History history, HistoryRecord success) {
        List<HistoryRecord> records = new ArrayList<>(history.records());
        HistoryRecorder again = new HistoryRecorder(() -> success.time() + 100_000_000_000L, () -> "late");
        EventRef event = new EventRef(success.topic(), success.key(), success.id(), success.contentHash());
        again.handlingStarted(success.instance(), GROUP, event, 1);
        again.handlingSucceeded(success.instance(), GROUP, event, 1);
        records.addAll(again.snapshot().records());
        return renumbered(records);
    }

    private static History renumbered(List<HistoryRecord> records) {
        List<HistoryRecord> numbered = new ArrayList<>();
        for (HistoryRecord record : records) {
            numbered.add(numbered(record, numbered.size()));
        }
        return new History(numbered);
    }

    private static HistoryRecord numbered(HistoryRecord old, long seq) {
        return new HistoryRecord(
                seq,
                old.time(),
                old.thread(),
                old.instance(),
                old.op(),
                old.topic(),
                old.group(),
                old.key(),
                old.id(),
                old.attempt(),
                old.outcome(),
                old.fault(),
                old.contentHash());
    }
}
