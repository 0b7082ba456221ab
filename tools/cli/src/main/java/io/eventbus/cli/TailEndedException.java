package io.eventbus.cli;

/** The tail has ended: the event is left to the group. */
final class TailEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TailEndedException() {
        super("the tail has ended");
    }
}
