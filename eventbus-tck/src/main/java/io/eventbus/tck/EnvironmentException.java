package io.eventbus.tck;

/** The broker that a test needs cannot be had, which says nothing of the transport: the rule ends as {@link RuleResult#ERROR}. */
final class EnvironmentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EnvironmentException(TransportHarness harness, Exception cause) {
        super("no broker for the transport " + harness.transport() + ": " + cause.getMessage(), cause);
    }
}
