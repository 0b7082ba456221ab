package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.report.RuleRun;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private static final double MULTIPLIER = 0.2;
    private static final Path REPORT = Path.of("target", "eventbus-tck", "mutants.txt");
    private static final Collected<String> FOUND = new Collected<>();

    /** One mutant: what is broken, by what parameter of the kit, and who must find it out. */
    record Mutant(String parameter, Enum<?> broken, Set<String> caughtBy) {

        @Override
        public String toString() {
            return broken + " by " + new TreeSet<>(caughtBy);
        }

        private List<Method> tests() {
            return RuleTests.of(caughtBy);
        }
    }

    private static Stream<Mutant> all() {
        Stream<Mutant> transports = Arrays.stream(TransportMutant.values())
                .map(one -> new Mutant(HarnessProvider.HARNESS_PARAMETER, one, one.caughtBy()));
        Stream<Mutant> engines =
                Arrays.stream(EngineMutant.values()).map(one -> new Mutant(BuilderSeam.PARAMETER, one, one.caughtBy()));
        return Stream.concat(transports, engines)
                .map(one -> new Mutant(one.parameter(), one.broken(), RuleTests.rulesOf(one.tests())))
                .filter(one -> !one.caughtBy().isEmpty());
    }

    static Stream<Mutant> sideBySide() {
        return all().filter(mutant -> !RuleTests.needWholeJvm(mutant.tests()));
    }

    static Stream<Mutant> alone() {
        return all().filter(mutant -> RuleTests.needWholeJvm(mutant.tests()));
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
        List<RuleRun> failed = RuleTests.run(
                        mutant.tests(),
                        Map.of(
                                mutant.parameter(),
                                mutant.broken().getDeclaringClass().getName() + "#" + mutant.broken(),
                                Timing.MULTIPLIER_PROPERTY,
                                Double.toString(MULTIPLIER)))
                .stream()
                .filter(run -> run.result() == RuleResult.FAIL)
                .toList();
        failed.forEach(run -> FOUND.add(mutant.broken() + "  " + run.rule() + "  " + run.test() + ": "
                + run.detail().lines().findFirst().orElse("")));
        assertThat(failed.stream().map(RuleRun::rule).collect(Collectors.toSet()))
                .as("rules that rejected %s", mutant.broken())
                .containsAll(mutant.caughtBy());
    }

    @AfterAll
    static void report() throws IOException {
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, FOUND.snapshot().stream().sorted().toList());
    }
}
