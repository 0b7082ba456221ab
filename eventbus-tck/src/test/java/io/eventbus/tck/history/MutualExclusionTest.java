package io.eventbus.tck.history;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MutualExclusionTest extends CheckerTest {

    @Test
    @DisplayName("Handlings of two keys may overlap, and those of events without a key")
    void differentKeys() {
        assertSound("""
                P  sent   e1 k
                P  sent   e2 l
                P  sent   e3
                P  sent   e4
                A  start  e1 g
                A  start  e2 g
                A  start  e3 g
                A  start  e4 g
                A  ok     e1 g
                A  ok     e2 g
                A  ok     e3 g
                A  ok     e4 g
                """);
    }

    @Test
    @DisplayName("Overlapping handlings of one key are caught")
    void oneKey() {
        assertViolated(Check.MUTUAL_EXCLUSION, """
                P  sent   e1 k
                P  sent   e2 k
                A  start  e1 g
                A  start  e2 g
                A  ok     e1 g
                A  ok     e2 g
                """, "A start e1 g", "A start e2 g", "A ok e1 g");
    }

    @Test
    @DisplayName("A handling that never ends overlaps the next of its key")
    void neverEnds() {
        assertViolated(Check.MUTUAL_EXCLUSION, """
                P  sent    e1 k
                P  sent    e2 k
                A  start   e1 g
                A  handle  e2 g
                """, "A start e1 g", "A handle e2 g");
    }

    @Test
    @DisplayName("A short handling inside a long one is caught, also behind a third that ended")
    void nested() {
        assertViolated(Check.MUTUAL_EXCLUSION, """
                P.a  publish  e1 k
                P.b  publish  e2 k
                P.c  publish  e3 l
                A    start    e1 g
                A    handle   e3 g
                A    handle   e2 g
                A    ok       e1 g
                """, "A start e1 g", "A handle e2 g", "A ok e1 g");
    }

    @Test
    @DisplayName("Two groups may handle one key at the same time")
    void twoGroups() {
        assertSound("""
                P  sent   e1 k
                A  start  e1 g
                A  start  e1 h
                A  ok     e1 g
                A  ok     e1 h
                """);
    }

    private static final String TWO_MEMBERS = """
            A    join      g
            B    join      g
            B    ready     g
            P.a  publish   e1 k
            P.b  publish   e2 k
            A    start     e1 g
            B    start     e2 g
            A    ok        e1 g
            B    ok        e2 g
            """;

    @Test
    @DisplayName("Two members exclude each other only where order is promised across members")
    void twoMembers() {
        assertSound(TWO_MEMBERS);
        assertViolated(acrossMembers, Check.MUTUAL_EXCLUSION, TWO_MEMBERS, "A start e1 g", "B start e2 g", "A ok e1 g");
    }

    @Test
    @DisplayName("A member that takes over after a crash may overlap what the crashed one still does")
    void takeOver() {
        assertSound(acrossMembers, """
                A  join    g
                B  join    g
                B  ready   g
                P  sent    e1 k
                A  start   e1 g
                A  crash
                B  handle  e1 g
                A  ok      e1 g
                """);
    }

    @Test
    @DisplayName("A cut is no excuse for one member to overlap itself")
    void cutIsNoExcuse() {
        assertViolated(Check.MUTUAL_EXCLUSION, """
                P  sent   e1 k
                A  start  e1 g
                -  cut
                -  heal
                A  start  e1 g
                A  ok     e1 g
                A  ok     e1 g
                """, "A start e1 g", "A ok e1 g");
    }
}
