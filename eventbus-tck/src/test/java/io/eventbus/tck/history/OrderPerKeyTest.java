package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderPerKeyTest extends CheckerTest {

    @Test
    @DisplayName("Publish order is kept, key by key and group by group")
    void inOrder() {
        assertSound("""
                P  sent    e1 k
                P  sent    x1 l
                P  sent    e2 k
                P  sent    x2 l
                A  handle  x1 g
                A  handle  x2 g
                A  handle  e1 g
                B  handle  e1 h
                B  handle  e2 h
                A  handle  e2 g
                B  handle  x1 h
                B  handle  x2 h
                """);
    }

    @Test
    @DisplayName("A later event handled first is caught, for pipelined publishes by the order of their calls")
    void pipelined() {
        assertViolated(Check.ORDER_PER_KEY, """
                P  publish   e1 k
                P  publish   e2 k
                P  accepted  e2
                P  accepted  e1
                A  handle    e2 g
                A  handle    e1 g
                """, "P publish e1 k", "P publish e2 k", "A handle e2 g", "A handle e1 g");
    }

    @Test
    @DisplayName("An event that was complete before another was published, by whomever, is handled first")
    void handOver() {
        assertViolated(Check.ORDER_PER_KEY, """
                P  publish   e1 k
                P  accepted  e1
                Q  publish   e2 k
                Q  accepted  e2
                A  handle    e2 g
                A  handle    e1 g
                """, "P accepted e1", "Q publish e2 k", "A handle e2 g", "A handle e1 g");
    }

    @Test
    @DisplayName("Events published at the same time by two threads, or two buses, have no order")
    void concurrentPublishers() {
        assertSound("""
                P.t1  publish   e1 k
                P.t2  publish   e2 k
                Q.t1  publish   e3 k
                P.t1  accepted  e1
                P.t2  accepted  e2
                Q.t1  accepted  e3
                A     handle    e3 g
                A     handle    e2 g
                A     handle    e1 g
                """);
    }

    @Test
    @DisplayName("Events without a key have no order")
    void keyless() {
        assertSound("""
                P  sent    e1
                P  sent    e2
                A  handle  e2 g
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("Events of one key on two topics have no order")
    void twoTopics() {
        assertSound("""
                P  sent    e1 k
                P  sent    U:e2 k
                P  sent    e3 k
                A  handle  e1 g
                A  handle  e3 g
                A  handle  U:e2 U:g
                """);
    }

    @Test
    @DisplayName("Events with unknown outcome, or published again, have no order")
    void unknownOutcome() {
        assertSound("""
                P  publish   e1 k
                P  unknown   e1
                P  sent      e2 k
                P  sent      e1 k
                A  handle    e2 g
                A  handle    e1 g
                """);
    }

    @Test
    @DisplayName("An event that was handled only after a crash while a later one was handled before is caught")
    void skipAfterCrash() {
        assertViolated(Check.ORDER_PER_KEY, """
                A  join    g
                P  sent    e1 k
                P  sent    e2 k
                P  sent    e3 k
                A  handle  e1 g
                A  crash
                B  join    g
                B  handle  e3 g
                B  handle  e2 g
                """, "P sent e2 k", "P sent e3 k", "B handle e3 g", "B handle e2 g");
    }

    @Test
    @DisplayName("An event passed over for good is a skip as well as a loss")
    void skipForGood() {
        HistoryTable table = HistoryTable.of("""
                A  join    g
                A  ready   g
                P  sent    e1 k
                P  sent    e2 k
                A  handle  e2 g
                """);
        assertThat(violations(checker, table.history()))
                .extracting(Violation::check, table::rows)
                .containsExactly(
                        tuple(Check.NO_LOSS, List.of("A ready g", "P sent e1 k")),
                        tuple(Check.ORDER_PER_KEY, List.of("P sent e1 k", "P sent e2 k", "A handle e2 g")));
    }

    @Test
    @DisplayName("A group that is owed nothing may begin anywhere, but from there passes nothing over")
    void unowed() {
        assertSound("""
                P  sent    e1 k
                P  sent    e2 k
                A  handle  e2 g
                """);
        assertViolated(Check.ORDER_PER_KEY, """
                P  sent    e1 k
                P  sent    e2 k
                P  sent    e3 k
                A  handle  e1 g
                A  handle  e3 g
                """, "P sent e2 k", "P sent e3 k", "A handle e3 g");
    }

    @Test
    @DisplayName("An event filtered out, discarded or dead-lettered without a handling is not passed over")
    void settledWithoutHandling() {
        assertSound("""
                A  ready    g
                P  sent     e1 k
                P  sent     e2 k
                P  sent     e3 k
                P  sent     e4 k
                -  filter   e1 g
                -  discard  e2 g
                -  dead     e3 g
                A  handle   e4 g
                -  replay   e3 g
                A  handle   e3 g
                """);
    }

    @Test
    @DisplayName("A rewind after a crash is allowed")
    void rewindAfterCrash() {
        assertSound("""
                A  join    g
                P  sent    e1 k
                P  sent    e2 k
                P  sent    e3 k
                A  handle  e1 g
                A  handle  e2 g
                A  crash
                B  join    g
                B  handle  e1 g
                B  handle  e2 g
                B  handle  e3 g
                """);
    }

    @Test
    @DisplayName("An event tried again behind a later one of its key is caught: a failed attempt is no reason")
    void requeueAtTail() {
        assertViolated(
                Check.ORDER_PER_KEY,
                """
                P  sent    e1 k
                P  sent    e2 k
                A  start   e1 g
                A  fail    e1 g
                A  handle  e2 g
                A  handle  e1 g
                """,
                "P sent e1 k",
                "P sent e2 k",
                "A start e1 g",
                "A handle e2 g",
                "A handle e1 g");
    }

    @Test
    @DisplayName("Retries before the next event of the key are in order")
    void retriesInPlace() {
        assertSound("""
                P  sent    e1 k
                P  sent    e2 k
                A  start   e1 g
                A  fail    e1 g
                A  handle  e1 g
                A  handle  e2 g
                """);
    }

    @Test
    @DisplayName("A replayed dead letter may come behind later events")
    void replay() {
        assertSound("""
                P  sent    e1 k
                P  sent    e2 k
                A  start   e1 g
                A  fail    e1 g
                -  dead    e1 g
                A  handle  e2 g
                -  replay  e1 g
                A  handle  e1 g
                """);
    }

    private static final String TWO_MEMBERS = """
            A  join    g
            B  join    g
            B  ready   g
            P  sent    e1 k
            P  sent    e2 k
            A  handle  e2 g
            B  handle  e1 g
            """;

    @Test
    @DisplayName("A group with two members has an order only where it is promised across members")
    void twoMembers() {
        assertSound(TWO_MEMBERS);
        assertViolated(
                acrossMembers,
                Check.ORDER_PER_KEY,
                TWO_MEMBERS,
                "P sent e1 k",
                "P sent e2 k",
                "A handle e2 g",
                "B handle e1 g");
    }

    @Test
    @DisplayName(
            "A group whose members follow one another is a group with one member, whatever a crashed one still does")
    void oneAfterTheOther() {
        assertViolated(Check.ORDER_PER_KEY, """
                A  join    g
                P  sent    e1 k
                P  sent    e2 k
                P  sent    e3 k
                A  crash
                A  handle  e1 g
                B  join    g
                B  handle  e3 g
                B  handle  e2 g
                """, "P sent e2 k", "P sent e3 k", "B handle e3 g", "B handle e2 g");
    }

    @Test
    @DisplayName("A rewind is caught also where the order comes from a hand-over between publishers")
    void rewindAcrossPublishers() {
        assertViolated(
                Check.ORDER_PER_KEY,
                """
                P  publish   e1 k
                P  accepted  e1
                Q  publish   e2 k
                Q  accepted  e2
                A  start     e1 g
                A  fail      e1 g
                A  handle    e2 g
                A  handle    e1 g
                """,
                "P accepted e1",
                "Q publish e2 k",
                "A start e1 g",
                "A handle e2 g",
                "A handle e1 g");
    }

    @Test
    @DisplayName("A member that came back counts among the members of its group")
    void cameBack() {
        assertSound("""
                A  join    g
                A  leave   g
                -  wait    2000
                A  join    g
                B  join    g
                B  ready   g
                P  sent    e1 k
                P  sent    e2 k
                A  handle  e2 g
                B  handle  e1 g
                """);
    }

    @Test
    @DisplayName("An event that was published twice has no order")
    void publishedTwice() {
        assertSound("""
                P  sent    e1 k
                P  sent    e2 k
                P  sent    e1 k
                A  handle  e2 g
                A  handle  e1 g
                """);
    }
}
