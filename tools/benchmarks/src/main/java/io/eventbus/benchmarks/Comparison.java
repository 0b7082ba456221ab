package io.eventbus.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lets the bus and the broker's own client take turns, stage by stage, so that both meet the same machine. */
final class Comparison {
    private final Subject subject;
    private final Setup setup;
    private final Load load;
    private final PrintWriter progress;
    private final List<Map<Quantity, Double>> bus = new ArrayList<>();
    private final List<Map<Quantity, Double>> raw = new ArrayList<>();

    Comparison(Subject subject, Setup setup, Load load, PrintWriter progress) {
        this.subject = subject;
        this.setup = setup;
        this.load = load;
        this.progress = progress;
    }

    /** A round that does not count. */
    void warmUp() throws IOException {
        round("warm-up");
        bus.clear();
        raw.clear();
    }

    Result run(int rounds) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            round("round " + round + " of " + rounds);
        }
        return new Result(subject, load.size(), bus, raw);
    }

    private void round(String name) throws IOException {
        String topic = "benchmark-" + UUID.randomUUID();
        RawClient own = setup.raw();
        Round busRound = new Round(setup.bus(), topic + "-bus", load);
        Round rawRound = own == null ? null : new Round(own, topic + "-raw", load);
        for (Stage stage : Stage.values()) {
            stage.run(busRound);
            if (rawRound != null) {
                stage.run(rawRound);
            }
        }
        keep(name, "bus", busRound, bus);
        if (own != null && rawRound != null) {
            keep(name, "raw", rawRound, raw);
            own.remove(busRound.topic());
            own.remove(rawRound.topic());
        }
    }

    private void keep(String name, String client, Round round, List<Map<Quantity, Double>> found) {
        found.add(round.found());
        progress.println(subject + ", " + load.size() + " bytes, " + name + ", " + client + ": "
                + Figures.inOneLine(round.found()));
    }
}
