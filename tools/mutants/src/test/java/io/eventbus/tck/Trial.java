package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.report.RuleRun;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has mutants rejected for their defects. A rule rejects a mutant if one of its tests fails on it and, right after and with the same
 * waits, does not on the copy that the mutant was made from. Where a busy machine is too slow for the waits, it fails on both, or does
 * not get as far as what it looks at; the rule is then tried with longer ones. Thread-safe.
 */
final class Trial {

    /** By so much longer are waits for what has to happen before what is looked at, which does happen. */
    private static final int PRECONDITIONS = 10;

    /** The rules that are not tried on the copy, and why. */
    private static final Map<String, String> NOT_ON_COPY = Map.of(
            "DRV-1", "reads the code of an adapter, which the copy is not, and waits for nothing",
            "DRV-2", "reads the code of an adapter, which the copy is not, and waits for nothing",
            "SEC-4", "looks for a class that the mutant has initialised, which stays so in this JVM");

    private final List<Double> multipliers;
    private final Consumer<String> found;

    /**
     * Makes trials.
     *
     * @param multipliers those of the waits, shortest first
     * @param found is told what found what
     */
    Trial(List<Double> multipliers, Consumer<String> found) {
        this.multipliers = multipliers;
        this.found = found;
    }

    /** Fails if a rule that must reject a mutant does not, or leaves that open with the longest waits. */
    void reject(Mutant mutant) {
        Set<String> open = mutant.caughtBy();
        for (double multiplier : multipliers) {
            open = leftOpen(mutant, open, multiplier);
            if (open.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the waits are too short for this machine, so that nothing is proved of " + mutant
                + ": with the longest, " + open + " are inconclusive or reject " + mutant.copy() + " too, which "
                + mutant.copy().defect());
    }

    /** {@return the rules whose tests say nothing with these waits; fails if one neither fails nor is inconclusive} */
    private Set<String> leftOpen(Mutant mutant, Set<String> rules, double multiplier) {
        List<RuleRun> runs = timed(mutant.runner(), multiplier).run(RuleTests.of(rules));
        assertThat(runs)
                .filteredOn(run -> run.result() == RuleResult.FAIL || run.result() == RuleResult.INCONCLUSIVE)
                .extracting(RuleRun::rule)
                .as("rules that reject %s, of %s", mutant.broken(), runs)
                .containsAll(rules);
        List<RuleRun> failures =
                runs.stream().filter(run -> run.result() == RuleResult.FAIL).toList();
        failures.forEach(failure -> found.accept(line(mutant, failure)));
        Set<String> open = new TreeSet<>(rules);
        // what took least time first, as it will on the copy
        failures.stream().sorted(Comparator.comparing(RuleRun::time)).forEach(failure -> {
            if (open.contains(failure.rule()) && passesOnCopy(mutant, failure, multiplier)) {
                open.remove(failure.rule());
            }
        });
        return open;
    }

    private static boolean passesOnCopy(Mutant mutant, RuleRun failure, double multiplier) {
        if (NOT_ON_COPY.containsKey(failure.rule())) {
            return true;
        }
        List<RuleRun> runs =
                timed(new RuleRunner().harness(mutant.copy()), multiplier).run(List.of(RuleTests.of(failure)));
        assertThat(runs).hasSize(1);
        return runs.get(0).result().conformant();
    }

    private static RuleRunner timed(RuleRunner runner, double multiplier) {
        return runner.multiplier(multiplier).preconditions(PRECONDITIONS * multiplier);
    }

    private static String line(Mutant mutant, RuleRun run) {
        String why = run.detail().lines().findFirst().orElse("");
        return mutant.broken() + "  " + run.rule() + "  " + run.test() + ": " + why;
    }
}
