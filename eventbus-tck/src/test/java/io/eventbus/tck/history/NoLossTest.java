package io.eventbus.tck.history;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoLossTest extends CheckerTest {

    @Test
    @DisplayName("Handled, dead-lettered, discarded and filtered out are all settled")
    void settledInAnyWay() {
        assertSound("""
                A  ready    g
                P  sent     e1 k1
                P  sent     e2 k2
                P  sent     e3 k3
                P  sent     e4 k4
                A  handle   e1 g
                A  start    e2 g
                A  fail     e2 g
                -  dead     e2 g
                -  discard  e3 g
                -  filter   e4 g
                """);
    }

    @Test
    @DisplayName("An accepted event that never comes to a group that was ready is lost")
    void neverCame() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                P  sent     e1 k1
                P  sent     e2 k2
                A  handle   e1 g
                """, "A ready g", "P sent e2 k2");
    }

    @Test
    @DisplayName("An event whose only attempt failed is lost, and the slice shows the attempt")
    void failedForGood() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                P  sent     e1 k1
                A  start    e1 g
                A  fail     e1 g
                """, "A ready g", "P sent e1 k1", "A start e1 g", "A fail e1 g");
    }

    @Test
    @DisplayName("An event still being handled at the end is not settled")
    void neverEnded() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                P  sent     e1
                A  start    e1 g
                """, "A ready g", "P sent e1", "A start e1 g");
    }

    @Test
    @DisplayName("Success in one group does not settle the event in another")
    void groupsAreIndependent() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                B  ready    h
                P  sent     e1 k1
                A  handle   e1 g
                """, "B ready h", "P sent e1 k1");
    }

    @Test
    @DisplayName("Groups of one name on two topics are two groups")
    void topicsAreIndependent() {
        assertViolated(Check.NO_LOSS, """
                A  ready    U:g
                A  ready    g
                P  sent     e1
                P  sent     U:e2
                A  handle   e1 g
                """, "A ready U:g", "P sent U:e2");
    }

    @Test
    @DisplayName("What was published before the group was ready is not owed to it, even if it completed after")
    void beforeReady() {
        assertSound("""
                P  sent      e1 k1
                P  publish   e2 k2
                A  ready     g
                P  accepted  e2
                """);
    }

    @Test
    @DisplayName("A group that was ready once is owed events also while it has no member")
    void withoutMember() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                A  leave    g
                P  sent     e1
                B  join     g
                B  ready    g
                """, "A ready g", "P sent e1");
    }

    @Test
    @DisplayName("An event with unknown or no outcome, or refused, may be missing")
    void notAccepted() {
        assertSound("""
                A  ready    g
                P  publish  e1 k1
                P  unknown  e1
                P  publish  e2 k2
                P  refused  e2
                P  publish  e3 k3
                """);
    }

    @Test
    @DisplayName("An event that was accepted at the second try is owed")
    void acceptedAtSecondTry() {
        assertViolated(Check.NO_LOSS, """
                A  ready    g
                P  publish  e1
                P  unknown  e1
                P  sent     e1
                """, "A ready g", "P sent e1");
    }

    @Test
    @DisplayName("A crash does not excuse a loss")
    void crashIsNoExcuse() {
        assertViolated(Check.NO_LOSS, """
                A  join     g
                A  ready    g
                P  sent     e1
                A  start    e1 g
                A  crash
                B  join     g
                B  ready    g
                """, "A ready g", "P sent e1", "A start e1 g");
    }

    @Test
    @DisplayName("Of two buses that publish one event, the one whose publish was accepted decides")
    void twoPublishers() {
        assertViolated(Check.NO_LOSS, """
                P  publish   e1
                A  ready     g
                Q  publish   e1
                Q  accepted  e1
                """, "A ready g", "Q publish e1", "Q accepted e1");
    }
}
