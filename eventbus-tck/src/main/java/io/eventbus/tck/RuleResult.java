package io.eventbus.tck;

import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** How a rule ended for a transport, the most serious last. */
public enum RuleResult {

    /** The rule does not apply to this kind of transport. */
    NOT_APPLICABLE,

    /** The transport lacks the capability and said so at once. */
    REFUSED,

    /** The transport keeps the rule, as far as the test can tell. */
    PASS,

    /** The test did not reach its own precondition, so that it proves nothing. */
    INCONCLUSIVE,

    /** The environment failed, not the transport. */
    ERROR,

    /** The transport breaks the rule. */
    FAIL;

    /** {@return whether a transport with this result conforms to the rule} */
    public boolean conformant() {
        return compareTo(PASS) <= 0;
    }

    /**
     * Says how a test ended.
     *
     * @param thrown what the test method threw, or null if it returned
     * @return {@link #PASS}, {@link #INCONCLUSIVE} for {@link Inconclusive} and failed assumptions, {@link #ERROR} if there was no
     *     broker for it, else {@link #FAIL}
     */
    public static RuleResult of(@Nullable Throwable thrown) {
        if (thrown == null) {
            return PASS;
        }
        if (thrown instanceof EnvironmentException) {
            return ERROR;
        }
        return thrown instanceof Inconclusive || thrown instanceof TestAbortedException ? INCONCLUSIVE : FAIL;
    }

    /**
     * Says how a rule ended whose tests ended differently.
     *
     * @param results the results of its tests, at least one
     * @return the most serious
     */
    public static RuleResult worst(Collection<RuleResult> results) {
        return Collections.max(results);
    }
}
