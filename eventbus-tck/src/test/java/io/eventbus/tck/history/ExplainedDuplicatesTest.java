package io.eventbus.tck.history;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExplainedDuplicatesTest extends CheckerTest {

    @Test
    @DisplayName("A retry that succeeds is no duplicate")
    void retry() {
        assertSound("""
                P  sent    e1 k
                A  start   e1 g
                A  fail    e1 g
                A  start   e1 g
                A  fail    e1 g
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("Success in two groups is no duplicate")
    void twoGroups() {
        assertSound("""
                P  sent    e1 k
                A  handle  e1 g
                B  handle  e1 h
                """);
    }

    @Test
    @DisplayName("A second success without a cause is caught")
    void unexplained() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  start   e1 g
                A  ok      e1 g
                A  start   e1 g
                A  ok      e1 g
                """, "A start e1 g", "A ok e1 g");
    }

    @Test
    @DisplayName("A second success by another member is caught too")
    void otherMember() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  handle  e1 g
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("A failed attempt explains one more handling, not two")
    void failureExplainsOne() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  start   e1 g
                A  fail    e1 g
                A  handle  e1 g
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("An attempt that failed only after the second one began explains nothing")
    void failureTooLate() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  start   e1 g
                B  start   e1 g
                A  fail    e1 g
                B  ok      e1 g
                A  handle  e1 g
                """, "B start e1 g", "B ok e1 g", "A handle e1 g");
    }

    @Test
    @DisplayName("A crash between start and acknowledgement explains a second success")
    void crash() {
        assertSound("""
                A  join    g
                P  sent    e1
                A  start   e1 g
                A  crash
                B  join    g
                B  handle  e1 g
                A  ok      e1 g
                """);
    }

    @Test
    @DisplayName("A crash after a success explains another, since the acknowledgement may not have arrived")
    void crashAfterSuccess() {
        assertSound("""
                A  join    g
                P  sent    e1
                A  handle  e1 g
                A  crash
                B  handle  e1 g
                """);
    }

    @Test
    @DisplayName("What a crashed bus handles comes again, however late it has noticed that it is dead")
    void crashedLongAgo() {
        assertSound("""
                A  join    g
                P  sent    e1
                A  crash
                -  wait    60000
                A  handle  e1 g
                B  join    g
                -  wait    60000
                B  handle  e1 g
                """);
    }

    @Test
    @DisplayName("A crash long ago explains nothing of what others handle")
    void othersLongAfterCrash() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  ready   g
                B  ready   g
                C  ready   g
                P  sent    e1
                A  crash
                -  wait    60000
                B  handle  e1 g
                C  handle  e1 g
                """, "B handle e1 g", "C handle e1 g");
    }

    @Test
    @DisplayName("A crash after the acknowledgement explains nothing")
    void crashAfterAck() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                P  sent    e1
                A  handle  e1 g
                -  ack     e1 g
                A  crash
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("A crash of a bus that was no member of the group explains nothing")
    void crashElsewhere() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                C  join    h
                P  sent    e1
                A  handle  e1 g
                C  crash
                A  wait    1
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("A crash after both handlings began explains nothing")
    void crashTooLate() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                P  sent    e1
                A  handle  e1 g
                B  start   e1 g
                A  crash
                B  ok      e1 g
                """, "A handle e1 g", "B start e1 g", "B ok e1 g");
    }

    @Test
    @DisplayName("A crash long before the first handling explains nothing")
    void crashTooEarly() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                A  crash
                -  wait    1001
                P  sent    e1
                B  handle  e1 g
                C  handle  e1 g
                """, "B handle e1 g", "C handle e1 g");
    }

    @Test
    @DisplayName("A cut explains what began shortly after it, before anybody noticed")
    void justAfterTheCut() {
        assertSound("""
                P  sent    e1
                -  cut
                -  heal
                -  wait    900
                A  handle  e1 g
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("A silence lasts until it is healed")
    void silenceLasts() {
        assertSound("""
                P  sent    e1
                -  silence
                P  sent    e2
                -  wait    60000
                A  handle  e1 g
                -  heal
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("A restart of the broker explains a duplicate in every group")
    void restart() {
        assertSound("""
                P  sent     e1
                A  handle   e1 g
                B  start    e1 h
                -  restart
                -  heal
                A  handle   e1 g
                B  handle   e1 h
                B  ok       e1 h
                """);
    }

    @Test
    @DisplayName("A member that joins others explains what was in flight before it was ready")
    void join() {
        assertSound("""
                A  join    g
                A  ready   g
                P  sent    e1
                B  join    g
                C  ready   g
                B  ready   h
                A  start   e1 g
                B  ready   g
                B  handle  e1 g
                A  ok      e1 g
                """);
    }

    @Test
    @DisplayName("A join explains nothing that began when the new member was ready")
    void joinIsOver() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                A  ready   g
                B  join    g
                B  ready   g
                P  sent    e1
                A  handle  e1 g
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("The first member's join explains nothing")
    void firstJoin() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  join    g
                A  handle  e1 g
                A  handle  e1 g
                A  ready   g
                """, "A handle e1 g");
    }

    @Test
    @DisplayName("A leave explains what the leaving member had not finished")
    void leaveUnfinished() {
        assertSound("""
                A  join    g
                P  sent    e1
                A  start   e1 g
                A  leave   g
                B  join    g
                B  handle  e1 g
                A  ok      e1 g
                """);
    }

    @Test
    @DisplayName("A leave does not explain what the leaving member had handled: its acknowledgement must be kept")
    void leaveFinished() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                P  sent    e1
                A  handle  e1 g
                A  leave   g
                B  join    g
                B  handle  e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("A leave from another group explains nothing")
    void leaveElsewhere() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  join    g
                A  join    h
                P  sent    e1
                A  start   e1 g
                A  leave   h
                B  handle  e1 g
                A  ok      e1 g
                """, "A start e1 g", "B handle e1 g", "A ok e1 g");
    }

    @Test
    @DisplayName("An unknown publish that was tried again explains a second success, not a third")
    void unknownTriedAgain() {
        String twice = """
                P  publish  e1
                P  unknown  e1
                P  sent     e1
                A  handle   e1 g
                B  handle   e1 g
                """;
        assertSound(twice);
        assertViolated(Check.EXPLAINED_DUPLICATES, twice + "C  handle  e1 g", "B handle e1 g", "C handle e1 g");
    }

    @Test
    @DisplayName("An unknown publish that was not tried again explains nothing")
    void unknownAlone() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  publish  e1
                P  unknown  e1
                A  handle   e1 g
                B  handle   e1 g
                """, "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("A replay of a dead letter explains one more success")
    void replay() {
        String twice = """
                P  sent     e1
                A  handle   e1 g
                -  dead     e1 g
                -  replay   e1 g
                A  handle   e1 g
                """;
        assertSound(twice);
        assertViolated(Check.EXPLAINED_DUPLICATES, twice + "B  handle  e1 g", "A handle e1 g", "B handle e1 g");
    }

    @Test
    @DisplayName("An attempt that failed only after the second success had begun explains nothing")
    void failureDuringSecondSuccess() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  sent    e1
                A  handle  e1 g
                B  start   e1 g
                C  start   e1 g
                C  fail    e1 g
                B  ok      e1 g
                """, "A handle e1 g", "B start e1 g", "B ok e1 g");
    }

    @Test
    @DisplayName("A crash explains what the crashed member still began shortly after it")
    void justAfterTheCrash() {
        assertSound("""
                A  join    g
                P  sent    e1
                A  crash
                -  wait    900
                A  handle  e1 g
                B  handle  e1 g
                """);
    }

    @Test
    @DisplayName("A leave explains what other members had handled, since their acknowledgements may be on the way")
    void leaveOfAnother() {
        assertSound("""
                A  join    g
                B  join    g
                B  ready   g
                P  sent    e1
                A  handle  e1 g
                B  leave   g
                C  handle  e1 g
                """);
    }

    @Test
    @DisplayName("Publishing again what was accepted explains nothing, nor does trying again too late")
    void publishedAgain() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  publish   e1
                P  accepted  e1
                P  sent      e1
                A  handle    e1 g
                B  handle    e1 g
                """, "A handle e1 g", "B handle e1 g");
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                P  publish  e1
                P  unknown  e1
                A  handle   e1 g
                B  handle   e1 g
                P  sent     e1
                """, "A handle e1 g", "B handle e1 g");
    }
}
