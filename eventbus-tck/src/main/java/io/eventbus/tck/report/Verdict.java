package io.eventbus.tck.report;

import io.eventbus.spi.Capability;
import io.eventbus.tck.RuleResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether a report shows that a transport conforms: it was put to every test of the kit, each ended well, and every capability
 * either passed all tests that are about it or was refused in all of them. What was not seen is not claimed.
 *
 * @param transport the transport's name
 * @param doubts what stands against it, a clause each; empty if it conforms
 */
public record Verdict(String transport, List<String> doubts) {

    /** Copies the doubts. */
    public Verdict {
        doubts = List.copyOf(doubts);
    }

    static Verdict of(String transport, List<RuleRun> runs, Set<KitTest> tests) {
        List<String> doubts = new ArrayList<>();
        missing(runs, tests).ifPresent(doubts::add);
        failed(runs).ifPresent(doubts::add);
        for (Capability capability : Capability.values()) {
            doubt(capability, runs).ifPresent(doubts::add);
        }
        return new Verdict(transport, doubts);
    }

    /** {@return whether nothing stands against it} */
    public boolean conformant() {
        return doubts.isEmpty();
    }

    /** {@return the verdict as a sentence} */
    @Override
    public String toString() {
        return conformant()
                ? transport + " is conformant"
                : transport + " is not shown to be conformant: " + String.join("; ", doubts);
    }

    private static Optional<String> missing(List<RuleRun> runs, Set<KitTest> tests) {
        Set<KitTest> run = runs.stream().map(KitTest::of).collect(Collectors.toSet());
        List<KitTest> missing = tests.stream()
                .filter(Predicate.not(run::contains))
                .sorted(Comparator.comparing(KitTest::rule, RuleNumber.ORDER).thenComparing(KitTest::name))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.size() + " of " + tests.size() + " tests did not run, the first of them "
                        + missing.get(0));
    }

    private static Optional<String> failed(List<RuleRun> runs) {
        long failed = runs.stream().filter(run -> !run.result().conformant()).count();
        return failed == 0 ? Optional.empty() : Optional.of(failed + " of " + runs.size() + " tests did not end well");
    }

    /** A capability is declared if a test that is about it was not refused. */
    private static Optional<String> doubt(Capability capability, List<RuleRun> runs) {
        List<RuleRun> about = runs.stream()
                .filter(run -> run.capability().equals(capability.name()))
                .toList();
        if (about.isEmpty()) {
            return Optional.of("nothing tested " + capability);
        }
        boolean refused = about.stream().allMatch(run -> run.result() == RuleResult.REFUSED);
        return refused
                ? Optional.empty()
                : about.stream()
                        .filter(run -> run.result() != RuleResult.PASS)
                        .findFirst()
                        .map(run -> capability + " is claimed, and " + KitTest.of(run) + " ended as " + run.result());
    }
}
