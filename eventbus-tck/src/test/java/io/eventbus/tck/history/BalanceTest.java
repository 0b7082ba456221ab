package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Group;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalanceTest extends CheckerTest {

    /** Five accepted: two handled, one of them at the second attempt, one dead, one discarded, one filtered. */
    private static final String MIXED = """
            A  ready    g
            P  sent     U:other
            P  sent     e1
            P  sent     e2
            P  sent     e3
            P  sent     e4
            P  sent     e5
            A  handle   e1 g
            A  start    e2 g
            A  fail     e2 g
            A  handle   e2 g
            A  start    e3 g
            A  fail     e3 g
            -  dead     e3 g
            -  discard  e4 g
            -  filter   e5 g
            """;

    private static final Counters RIGHT = new Counters(4, 2, 2, 2, 1, 1, 1, 5, 0, 0);

    @Test
    @DisplayName("Counters that agree with the history balance")
    void balanced() {
        assertThat(sentences(MIXED, RIGHT)).isEmpty();
    }

    @Test
    @DisplayName("Each counter that differs is named, with both figures")
    void everyCounterIsCompared() {
        assertThat(sentences(MIXED, new Counters(5, 2, 2, 2, 1, 1, 1, 5, 0, 0)))
                .containsExactly(
                        "group 'g': attempts is 5, but successes + failures is 4",
                        "group 'g': attempts is 5, but the history's is 4");
        assertThat(sentences(MIXED, new Counters(4, 1, 3, 2, 1, 1, 1, 5, 0, 0)))
                .containsExactly(
                        "group 'g': successes is 1, but the history's is 2",
                        "group 'g': failures is 3, but the history's is 2");
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 3, 0, 1, 1, 5, 0, 0)))
                .containsExactly(
                        "group 'g': handled is 3, but the history's is 2",
                        "group 'g': dead-lettered is 0, but the history's is 1");
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 2, 1, 2, 0, 5, 0, 0)))
                .containsExactly(
                        "group 'g': discarded is 2, but the history's is 1",
                        "group 'g': filtered is 0, but the history's is 1");
    }

    @Test
    @DisplayName("Something in flight at rest is caught")
    void inFlight() {
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 2, 1, 1, 1, 5, 0, 1)))
                .containsExactly("group 'g': in-flight is 1, but 0 at rest is 0");
    }

    @Test
    @DisplayName("Accepted events that are nowhere are caught")
    void accepted() {
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 2, 1, 1, 1, 5, 1, 0)))
                .containsExactly("group 'g': accepted is 5, but handled + dead-lettered + discarded + filtered"
                        + " + backlog, less repeats is 6");
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 2, 1, 1, 1, 6, 1, 0)))
                .containsExactly("group 'g': accepted is 6, but the history has 5");
        assertThat(sentences(MIXED, new Counters(4, 2, 2, 2, 1, 1, 1, 4, 0, 0)))
                .contains("group 'g': accepted is 4, but the history has 5");
    }

    @Test
    @DisplayName("Explained duplicates raise handled, not accepted")
    void repeats() {
        assertThat(sentences("""
                        A  ready   g
                        P  sent    e1
                        A  handle  e1 g
                        -  cut
                        -  heal
                        A  handle  e1 g
                        """, new Counters(2, 2, 0, 2, 0, 0, 0, 1, 0, 0))).isEmpty();
    }

    @Test
    @DisplayName("Events with unknown outcome or from before the group was ready may have come or not")
    void uncertain() {
        String table = """
                P  sent     e0
                A  ready    g
                P  sent     e1
                P  publish  e2
                P  unknown  e2
                P  publish  e3
                P  refused  e3
                A  handle   e1 g
                """;
        assertThat(sentences(table, new Counters(1, 1, 0, 1, 0, 0, 0, 1, 0, 0))).isEmpty();
        assertThat(sentences(table, new Counters(1, 1, 0, 1, 0, 0, 0, 3, 2, 0))).isEmpty();
        assertThat(sentences(table, new Counters(1, 1, 0, 1, 0, 0, 0, 4, 3, 0)))
                .containsExactly("group 'g': accepted is 4, but the history has 1 to 3");
    }

    private List<String> sentences(String table, Counters counters) {
        HistoryChecker withCounters = checker.withCounters(new Group("t", "g"), counters);
        List<Violation> violations =
                violations(withCounters, HistoryTable.of(table).history());
        assertThat(violations).allMatch(violation -> violation.check() == Check.BALANCE);
        return violations.stream().map(Violation::sentence).toList();
    }
}
