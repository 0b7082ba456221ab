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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * FLT-7: faults combine. The tag is the class's, since of a class that is run for each harness, launchers filter no methods in a
 * suite.
 */
@Conformance
@Tag("FLT-7")
public class ChaosRules {

    /** The system property with the length in seconds of what the seed makes, where the transport has a network. */
    static final String SECONDS_PROPERTY = "eventbus.tck.chaos.seconds";

    /** The system property with a file that has the script and its length, in place of what the seed makes. */
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
        Optional<Script> given = given();
        Duration length = given.map(Script::length).orElseGet(ChaosRules::length);
        Setting setting = network ? Setting.of(length) : Setting.compressed(SIMULATED);
        Chaos chaos =
                new Chaos(network ? shared.alone() : shared, setting, Path.of(ConformanceListener.DEFAULT_DIRECTORY));
        Verdict verdict = chaos.run(given.orElseGet(chaos::script), progress -> {});
        verdict.require(rerun.with(properties(setting, network, verdict)));
    }

    private static Optional<Script> given() throws IOException {
        String file = System.getProperty(SCRIPT_PROPERTY);
        return file == null ? Optional.empty() : Optional.of(Script.read(Path.of(file)));
    }

    private static Duration length() {
        return Duration.ofSeconds(Integer.getInteger(SECONDS_PROPERTY, SECONDS));
    }

    /** A script has its own length; one that was given is given again, unless there is a shorter one. */
    private static List<String> properties(Setting setting, boolean network, Verdict verdict) {
        String seconds = SECONDS_PROPERTY + "=" + setting.length().toSeconds();
        List<String> properties = new ArrayList<>(List.of(Scenario.SEED_PROPERTY + "=" + setting.seed()));
        properties.addAll(verdict.minimal()
                .map(Verdict.Minimal::file)
                .or(() ->
                        Optional.ofNullable(System.getProperty(SCRIPT_PROPERTY)).map(Path::of))
                .map(script -> List.of(SCRIPT_PROPERTY + "=" + script.toAbsolutePath()))
                .orElse(network ? List.of(seconds) : List.of()));
        return properties;
    }
}
