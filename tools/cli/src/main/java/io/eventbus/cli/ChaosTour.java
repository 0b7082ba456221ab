package io.eventbus.cli;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.chaos.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One chaos scenario on one broker after the other; what comes to nothing on one says nothing about the others. */
final class ChaosTour {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosTour.class);

    private final Console console;
    private final ChaosOptions options;
    private final long seed;

    ChaosTour(Console console, ChaosOptions options, long seed) {
        this.console = console;
        this.options = options;
        this.seed = seed;
    }

    /**
     * Plays on each broker and says what came of it.
     *
     * @return the exit code: {@link ExitCode#FAILED} if anything is not sound, else {@link ExitCode#UNTESTED} if anything was not
     *     tested
     */
    int run(List<BrokerProduct> products, ChaosPlay play) {
        List<Integer> codes =
                products.stream().map(product -> playAndSay(product, play)).toList();
        return codes.contains(ExitCode.FAILED)
                ? ExitCode.FAILED
                : codes.contains(ExitCode.UNTESTED) ? ExitCode.UNTESTED : ExitCode.OK;
    }

    private int playAndSay(BrokerProduct product, ChaosPlay play) {
        try {
            return say(product, play.on(product));
        } catch (IOException | RuntimeException e) {
            LOG.info("not tested: {}", product, e);
            console.text()
                    .println(product + " was not tested: " + String.join("\n", ErrorReport.messages(e)) + "\nagain: "
                            + again(product, Optional.empty()));
            return ExitCode.UNTESTED;
        }
    }

    private int say(BrokerProduct product, Verdict verdict) {
        try {
            verdict.require(again(product, verdict.minimal().map(Verdict.Minimal::file)));
            console.text().println(verdict.tally());
            console.text().println("history: " + verdict.history());
            console.text().println(verdict.judgement().describe());
            return ExitCode.OK;
        } catch (AssertionFailedError e) {
            console.text().println(product + " is not sound: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (Inconclusive e) {
            console.text().println(product + " was not tested: " + e.getMessage());
            return ExitCode.UNTESTED;
        }
    }

    private String again(BrokerProduct product, Optional<Path> shorter) {
        return options.again(product, seed, shorter);
    }
}
