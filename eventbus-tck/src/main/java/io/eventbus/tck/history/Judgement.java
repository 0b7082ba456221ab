package io.eventbus.tck.history;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.RuleResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** What a {@link HistoryChecker} says about a history. Immutable. */
public sealed interface Judgement {

    /** {@return the seed of the scenario, to run it again} */
    long seed();

    /** {@return the result of the rule under test, as far as the history decides it} */
    RuleResult result();

    /** {@return what was found and the seed, for people} */
    String describe();

    /** {@return whether all that was found is something that is missing, and may still come} */
    default boolean mayMend() {
        return false;
    }

    /**
     * Returns normally if the history is sound.
     *
     * @throws AssertionFailedError if it has violations
     * @throws Inconclusive if it lacks what the scenario was made for
     */
    void require();

    /**
     * Every check passed.
     *
     * @param seed the seed of the scenario
     */
    record Sound(long seed) implements Judgement {

        @Override
        public RuleResult result() {
            return RuleResult.PASS;
        }

        @Override
        public String describe() {
            return "the history is sound (seed " + seed + ")";
        }

        @Override
        public void require() {}
    }

    /**
     * A check failed.
     *
     * @param seed the seed of the scenario
     * @param violations what was found, by check; at least one
     */
    record Violated(long seed, List<Violation> violations) implements Judgement {

        private static final int SHOWN_PER_CHECK = 3;

        /** Copies the list. */
        public Violated {
            violations = List.copyOf(violations);
        }

        @Override
        public RuleResult result() {
            return RuleResult.FAIL;
        }

        /** {@return a head line with the seed, then the first violations of each check with their slices} */
        @Override
        public String describe() {
            return Arrays.stream(Check.values())
                    .map(this::of)
                    .filter(found -> !found.isEmpty())
                    .map(Violated::excerpt)
                    .collect(Collectors.joining("\n", head() + "\n", ""));
        }

        @Override
        public boolean mayMend() {
            return violations.stream()
                    .map(Violation::check)
                    .allMatch(check -> check == Check.NO_LOSS || check == Check.BALANCE);
        }

        /** @throws AssertionFailedError always, with the description as its message */
        @Override
        public void require() {
            throw new AssertionFailedError(describe());
        }

        private String head() {
            String count = violations.size() == 1 ? "1 violation" : violations.size() + " violations";
            return count + " of the history (seed " + seed + ")";
        }

        private List<Violation> of(Check check) {
            return violations.stream().filter(found -> found.check() == check).toList();
        }

        private static String excerpt(List<Violation> found) {
            int more = found.size() - SHOWN_PER_CHECK;
            return found.stream()
                    .limit(SHOWN_PER_CHECK)
                    .map(Violation::describe)
                    .collect(Collectors.joining("\n", "", more > 0 ? "\n    … and " + more + " more" : ""));
        }
    }

    /**
     * Every check passed, but the history lacks what the scenario was made for, so this proves nothing.
     *
     * @param seed the seed of the scenario
     * @param missed what was not reached; at least one
     */
    record Unreached(long seed, List<String> missed) implements Judgement {

        /** Copies the list. */
        public Unreached {
            missed = List.copyOf(missed);
        }

        @Override
        public RuleResult result() {
            return RuleResult.INCONCLUSIVE;
        }

        @Override
        public String describe() {
            return Check.REACHABILITY.title() + ": not reached: " + String.join("; ", missed) + " (seed " + seed + ")";
        }

        /** @throws Inconclusive always, with the description as its message */
        @Override
        public void require() {
            throw new Inconclusive(describe());
        }
    }
}
