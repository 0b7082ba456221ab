package io.eventbus.tck.chaos;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.RuleResult;
import io.eventbus.tck.history.Judgement;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/**
 * What a chaos scenario has come to.
 *
 * @param tally its figures
 * @param judgement what the checker says
 * @param history the file with the history
 * @param minimal if it failed: the shortest script found that failed too
 */
public record Verdict(Tally tally, Judgement judgement, Path history, Optional<Minimal> minimal) {

    /**
     * A script that failed, as short as it could be made in the time.
     *
     * @param script the script
     * @param of how many actions the whole one had
     * @param file where it was written
     */
    public record Minimal(Script script, int of, Path file) {

        /** {@return the script, and where it is} */
        public String describe() {
            StringBuilder text = new StringBuilder(
                    "the shortest script found that fails: " + script.actions().size() + " of " + of + " actions, "
                            + script.length().toMillis() / 1000.0 + " s, in " + file);
            script.actions().forEach(action -> text.append("\n    ").append(action));
            return text.toString();
        }
    }

    /**
     * Returns normally if the history is sound.
     *
     * @param repeat how to run it again
     * @throws AssertionFailedError if it is not; the message has the seed, the script and how to run it again
     * @throws Inconclusive if it lacks what the scenario was made for; the message says the same
     */
    public void require(String repeat) {
        if (judgement.result() == RuleResult.PASS) {
            return;
        }
        String message = judgement.describe() + "\n" + tally + "\nhistory: " + history
                + minimal.map(found -> "\n" + found.describe()).orElse("") + "\nagain: " + repeat;
        if (judgement instanceof Judgement.Violated) {
            throw new AssertionFailedError(message);
        }
        throw new Inconclusive(message);
    }
}
