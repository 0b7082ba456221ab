package io.eventbus.tck;

/** Thrown by a test of a capability that the transport does not declare, once it is seen that its use is refused. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String what) {
        super(what);
    }
}
