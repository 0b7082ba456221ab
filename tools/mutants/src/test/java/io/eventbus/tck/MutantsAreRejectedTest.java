package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.report.RuleRun;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** What has to happen has 3 s, for much of it never will; what has to happen before that has all the time it needs. */
    private static final double MULTIPLIER = 0.1;

    private static final double PRECONDITIONS = 1;

    private static final Path REPORT = Path.of("target", "mutants.txt");
    private static final Collected<String> FOUND = new Collected<>();

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
        reject(mutant);
    }

    @ParameterizedTest
    @MethodSource("alone")
    @ResourceLock(RuleTests.JVM)
    @DisplayName("Each rule that looks at the whole JVM rejects the mutants that it should")
    void rejectedAlone(Mutant mutant) {
        reject(mutant);
    }

    private static void reject(Mutant mutant) {
        List<Method> tests = RuleTests.of(mutant.caughtBy());
        Set<String> rejectedBy = new TreeSet<>();
        StringBuilder others = new StringBuilder();
        for (RuleRun run : mutant.runner()
                .multiplier(MULTIPLIER)
                .preconditions(PRECONDITIONS)
                .run(tests)) {
            if (run.result() == RuleResult.FAIL) {
                rejectedBy.add(run.rule());
                FOUND.add(line(mutant, run));
            } else {
                others.append('\n').append(run);
            }
        }
        assertThat(rejectedBy)
                .as("rules that reject %s; the others: %s", mutant.broken(), others)
                .containsAll(mutant.caughtBy());
    }

    private static String line(Mutant mutant, RuleRun run) {
        String why = run.detail().lines().findFirst().orElse("");
        return mutant.broken() + "  " + run.rule() + "  " + run.test() + ": " + why;
    }

    /** What found what, for people. */
    @AfterAll
    static void report() throws IOException {
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, FOUND.snapshot().stream().sorted().toList());
    }
}
