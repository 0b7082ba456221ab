package io.eventbus.tck;

/** Thrown by a test whose rule does not apply to the kind of transport that it runs on. The test then counts as passed. */
final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotApplicable(String why) {
        super(why);
    }
}
