package io.eventbus;

import java.util.List;

/** The bus, an event or a subscription cannot be as it was asked for. Names all problems that were looked for together. */
public final class ConfigurationException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** One sentence each. */
    private final transient List<String> problems;

    /**
     * A failure.
     *
     * @param problems at least one sentence that says what is wrong and what would be right; no secret
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("; ", problems), null);
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return one sentence each
     */
    public List<String> problems() {
        return problems;
    }
}
