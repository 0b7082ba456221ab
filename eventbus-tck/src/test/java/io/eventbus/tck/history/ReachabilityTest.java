package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private static final String CUT_BETWEEN = """
            P  publish   e1 k
            P  accepted  e1
            -  cut
            -  heal
            A  start     e1 g
            A  ok        e1 g
            """;

    private static final String CUT_DURING = """
            P  publish   e1 k
            -  cut
            P  accepted  e1
            A  start     e1 g
            -  cut
            A  ok        e1 g
            """;

    @Test
    @DisplayName("Something happened often enough")
    void happened() {
        assertThat(reached(Reachability.happened(Op.CUT, 2), CUT_BETWEEN)).isFalse();
        assertThat(reached(Reachability.happened(Op.CUT, 2), CUT_DURING)).isTrue();
    }

    @Test
    @DisplayName("A publish was open at a cut: called before it, completed after it or never")
    void publishOpen() {
        Reachability open = Reachability.publishOpenAt(Op.CUT);
        assertThat(reached(open, CUT_BETWEEN)).isFalse();
        assertThat(reached(open, CUT_DURING)).isTrue();
        assertThat(reached(open, "P publish e1\n- cut")).isTrue();
    }

    @Test
    @DisplayName("A handler ran at a cut")
    void handlerRunning() {
        Reachability running = Reachability.handlerRunningAt(Op.CUT);
        assertThat(reached(running, CUT_BETWEEN)).isFalse();
        assertThat(reached(running, CUT_DURING)).isTrue();
    }

    @Test
    @DisplayName("Lanes are busy at the same time when handlings of different keys in one group overlap")
    void lanesBusy() {
        Reachability two = Reachability.lanesBusy(2);
        assertThat(reached(two, CUT_BETWEEN)).isFalse();
        assertThat(reached(two, "P sent e1 k\nP sent e2 l\nA start e1 g\nB start e2 h"))
                .isFalse();
        assertThat(reached(two, "P sent e1 k\nP sent e2 k\nA start e1 g\nA start e2 g"))
                .isFalse();
        assertThat(reached(two, "P sent e1 k\nP sent e2 l\nA start e1 g\nB start e2 g"))
                .isTrue();
    }

    private static boolean reached(Reachability condition, String table) {
        return condition.reached().test(HistoryTable.of(table).history());
    }
}
