package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a fault explains, by whom it hits and how long before it an acknowledgement was on its way. */
class FaultScopeTest extends CheckerTest {

    private final HistoryChecker settling = checker.withSettling(Duration.ofSeconds(2));

    @Test
    @DisplayName("A cut of a member explains a repeat in its group")
    void member() {
        assertSound("""
                A  ready   g
                P  sent    e1
                A  handle  e1 g
                A  cut
                A  heal
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("A cut of a publisher explains no repeat")
    void publisher() {
        assertViolated(Check.EXPLAINED_DUPLICATES, """
                A  ready   g
                P  sent    e1
                A  handle  e1 g
                P  cut
                P  heal
                A  handle  e1 g
                """, "A handle e1 g");
    }

    @Test
    @DisplayName("What is healed for one bus goes on for another")
    void healing() {
        assertSound("""
                A  ready   g
                B  join    h
                A  cut
                B  cut
                B  heal
                -  wait    5000
                P  sent    e1
                A  handle  e1 g
                A  heal
                A  handle  e1 g
                """);
    }

    @Test
    @DisplayName("What was handled long before a fault was acknowledged then, and may not come again")
    void settled() {
        assertViolated(
                settling, Check.EXPLAINED_DUPLICATES, """
                A  ready   g
                P  sent    e1
                A  start   e1 g
                A  ok      e1 g
                -  wait    5000
                A  crash
                B  start   e1 g
                B  ok      e1 g
                """, "A start e1 g", "A ok e1 g", "B start e1 g", "B ok e1 g");
    }

    @Test
    @DisplayName("What was handled shortly before a fault may come again, however much later")
    void settlingShortly() {
        assertSound(settling, """
                A  ready   g
                P  sent    e1
                A  handle  e1 g
                -  wait    1000
                A  crash
                -  wait    60000
                B  handle  e1 g
                """);
    }

    @Test
    @DisplayName(
            "A repeat stands out of what is handled before a fault and long after it, not of what is handled soon after")
    void exposed() {
        History history = HistoryTable.of("""
                A  ready   g
                P  sent    e1
                A  handle  e1 g
                A  cut
                A  heal
                P  sent    e2
                A  handle  e2 g
                -  wait    5000
                P  sent    e3
                A  handle  e3 g
                """).history();
        assertThat(settling.exposed(history)).isEqualTo(2);
    }
}
