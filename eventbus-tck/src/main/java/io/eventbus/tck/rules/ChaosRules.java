package io.eventbus.tck.rules;

import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rerun;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.chaos.Chaos;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import io.eventbus.tck.chaos.Verdict;
import io.eventbus.tck.report.ConformanceListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-7: faults combine. */
@Conformance
public class ChaosRules {

    /** The system property with the length in seconds, where the transport has a network. */
    static final String SECONDS_PROPERTY = "eventbus.tck.chaos.seconds";

    /** The system property with a file that has the script, in place of the one that the seed makes. */
    static final String SCRIPT_PROPERTY = "eventbus.tck.chaos.script";

    private static final int SECONDS = 60;
    private static final Duration SIMULATED = Duration.ofSeconds(2);

    /** Run by JUnit. */
    public ChaosRules() {}

    @Test
    @Rule("FLT-7")
    @DisplayName(
            "nothing is lost, made up, out of order or repeated without a reason, whatever fails and at whatever moment")
    final void soundUnderChaos(Kit shared, Rerun rerun) throws IOException {
        boolean network = shared.environment().address().isPresent();
        int seconds = Integer.getInteger(SECONDS_PROPERTY, SECONDS);
        Setting setting = network ? Setting.of(Duration.ofSeconds(seconds)) : Setting.compressed(SIMULATED);
        Chaos chaos =
                new Chaos(network ? shared.alone() : shared, setting, Path.of(ConformanceListener.DEFAULT_DIRECTORY));
        Verdict verdict = chaos.run(script(chaos), progress -> {});
        verdict.require(rerun.with(properties(setting, network, verdict)));
    }

    private static Script script(Chaos chaos) throws IOException {
        String file = System.getProperty(SCRIPT_PROPERTY);
        return file == null ? chaos.script() : Script.read(Path.of(file));
    }

    private static String properties(Setting setting, boolean network, Verdict verdict) {
        String length =
                network ? " -D" + SECONDS_PROPERTY + "=" + setting.length().toSeconds() : "";
        String script = verdict.minimal()
                .map(found -> " -D" + SCRIPT_PROPERTY + "=" + found.file().toAbsolutePath())
                .orElse("");
        return "-D" + Scenario.SEED_PROPERTY + "=" + setting.seed() + length + script;
    }
}
