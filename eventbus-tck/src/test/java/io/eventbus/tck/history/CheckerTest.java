package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What the tests of the checks share: a history is sound, or has exactly one violation with exactly these rows. */
abstract class CheckerTest {

    final HistoryChecker checker = HistoryChecker.withSeed(42).withFaultReach(Duration.ofSeconds(1));
    final HistoryChecker acrossMembers = checker.withKeyOrderAcrossMembers();

    final void assertSound(String table) {
        assertSound(checker, table);
    }

    static void assertSound(HistoryChecker checker, String table) {
        Judgement judgement = checker.check(HistoryTable.of(table).history());
        assertThat(judgement).as(judgement::describe).isEqualTo(new Judgement.Sound(42));
    }

    final void assertViolated(Check check, String table, String... rows) {
        assertViolated(checker, check, table, rows);
    }

    static void assertViolated(HistoryChecker checker, Check check, String table, String... rows) {
        HistoryTable parsed = HistoryTable.of(table);
        List<Violation> violations = violations(checker, parsed.history());
        assertThat(violations).extracting(Violation::check).containsExactly(check);
        assertThat(parsed.rows(violations.get(0))).containsExactly(rows);
    }

    static List<Violation> violations(HistoryChecker checker, History history) {
        return checker.check(history) instanceof Judgement.Violated violated ? violated.violations() : List.of();
    }
}
