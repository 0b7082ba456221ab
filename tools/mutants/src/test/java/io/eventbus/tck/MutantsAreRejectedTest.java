package io.eventbus.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a transport or an engine, each rule that should find it out does. */
class MutantsAreRejectedTest {

    /** What has to happen has 3 s, for much of it never will; on a machine that is too busy for that, 15 s, or 75 s. */
    private static final List<Double> MULTIPLIERS = List.of(0.1, 0.5, 2.5);

    private static final Path REPORT = Path.of("target", "mutants.txt");
    private static final Collected<String> FOUND = new Collected<>();
    private static final Trial TRIAL = new Trial(MULTIPLIERS, FOUND::add);

    static Stream<Mutant> sideBySide() {
        return Mutant.all().filter(mutant -> !mutant.needsWholeJvm());
    }

    static Stream<Mutant> alone() {
        return Mutant.all().filter(Mutant::needsWholeJvm);
    }

    @ParameterizedTest
    @MethodSource("sideBySide")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = RuleTests.JVM, mode = ResourceAccessMode.READ)
    @DisplayName("Each rule that should reject a mutant rejects it")
    void rejected(Mutant mutant) {
        TRIAL.reject(mutant);
    }

    @ParameterizedTest
    @MethodSource("alone")
    @ResourceLock(RuleTests.JVM)
    @DisplayName("Each rule that looks at the whole JVM rejects the mutants that it should")
    void rejectedAlone(Mutant mutant) {
        TRIAL.reject(mutant);
    }

    /** What found what, for people. */
    @AfterAll
    static void report() throws IOException {
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, FOUND.snapshot().stream().sorted().toList());
    }
}
