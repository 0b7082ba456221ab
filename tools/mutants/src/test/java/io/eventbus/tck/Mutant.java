package io.eventbus.tck;

import io.eventbus.tck.broken.TransportMutant;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is broken.
 *
 * @param broken the defect
 * @param copy what was broken: a transport without a defect
 * @param caughtBy the rules that must find it out
 * @param runner runs them on it
 */
record Mutant(Enum<?> broken, TransportMutant copy, Set<String> caughtBy, RuleRunner runner) {

    /** {@return all that there are} */
    static Stream<Mutant> all() {
        Stream<Mutant> transports = EnumSet.allOf(TransportMutant.class).stream()
                .filter(one -> !one.caughtBy().isEmpty())
                .map(one -> new Mutant(one, one.copy(), one.caughtBy(), new RuleRunner().harness(one)));
        Stream<Mutant> engines = EnumSet.allOf(EngineMutant.class).stream()
                .map(one -> new Mutant(
                        one,
                        one.copy(),
                        one.caughtBy(),
                        new RuleRunner().harness(one.copy()).seam(one)));
        return Stream.concat(transports, engines);
    }

    /** {@return whether a rule that must find it out looks at the whole JVM} */
    boolean needsWholeJvm() {
        return RuleTests.of(caughtBy).stream().anyMatch(RuleTests::needsWholeJvm);
    }

    @Override
    public String toString() {
        return broken + " by " + new TreeSet<>(caughtBy);
    }
}
