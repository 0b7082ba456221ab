package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.chaos.Tally;
import io.eventbus.tck.chaos.Verdict;
import io.eventbus.tck.history.Check;
import io.eventbus.tck.history.Judgement;
import io.eventbus.tck.history.Violation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChaosTourTest {

    private static final Judgement SOUND = new Judgement.Sound(5);
    private static final Judgement CUT_OFF = new Judgement.Unreached(5, List.of("the end of the scenario"));
    private static final Judgement LOST =
            new Judgement.Violated(5, List.of(new Violation(Check.NO_LOSS, "one is lost", List.of())));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    @DisplayName("what is sound on all brokers ends with exit code 0")
    void sound() {
        assertThat(tour(Map.of(BrokerProduct.REDIS, SOUND, BrokerProduct.KAFKA, SOUND)))
                .isEqualTo(ExitCode.OK);
        assertThat(out()).contains("history: redis.jsonl", "history: kafka.jsonl");
    }

    @Test
    @DisplayName(
            "a play that was not judged says what it missed, its history and how to repeat it, and the others are played")
    void inconclusive() {
        assertThat(tour(Map.of(BrokerProduct.REDIS, CUT_OFF, BrokerProduct.KAFKA, SOUND)))
                .isEqualTo(4);
        assertThat(out())
                .contains(
                        "redis was not tested: ",
                        "not reached: the end of the scenario",
                        "history: redis.jsonl",
                        "again: ./eventbus tck --chaos --broker redis --minutes 1.0 --seed 5")
                .contains("history: kafka.jsonl");
    }

    @Test
    @DisplayName("a broker that cannot be had is named, with why, and the others are played")
    void noBroker() {
        assertThat(tour(Map.of(BrokerProduct.KAFKA, SOUND))).isEqualTo(4);
        assertThat(out())
                .contains("redis was not tested: there is none", "again: ./eventbus tck --chaos --broker redis")
                .contains("history: kafka.jsonl");
    }

    @Test
    @DisplayName("what is not sound on one broker counts for more than what was not tested on another")
    void worst() {
        assertThat(tour(Map.of(BrokerProduct.REDIS, LOST, BrokerProduct.KAFKA, CUT_OFF)))
                .isEqualTo(1);
        assertThat(out()).contains("redis is not sound: ", "kafka was not tested: ");
    }

    private int tour(Map<BrokerProduct, Judgement> judgements) {
        Console console = new Console(
                InputStream.nullInputStream(),
                out,
                new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8),
                System::nanoTime);
        return new ChaosTour(console, new ChaosOptions(), 5)
                .run(
                        List.of(BrokerProduct.REDIS, BrokerProduct.KAFKA),
                        product -> verdict(product, judgements.get(product)));
    }

    private static Verdict verdict(BrokerProduct product, Judgement judgement) {
        if (judgement == null) {
            throw new CommandFailedException("there is none");
        }
        Tally tally = new Tally(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        return new Verdict(tally, judgement, Path.of(product + ".jsonl"), Optional.empty());
    }

    private String out() {
        return out.toString(UTF_8);
    }
}
