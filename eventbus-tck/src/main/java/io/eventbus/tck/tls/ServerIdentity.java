package io.eventbus.tck.tls;

/** Whom a server of the kit says it is, to clients that trust {@link Certificates#authority()} and connect to 127.0.0.1. */
public enum ServerIdentity {

    /** The one that they look for. */
    RIGHT,

    /** Somebody whom nobody has vouched for. */
    UNTRUSTED,

    /** Somebody of another name. */
    OTHER_HOST,

    /** Who they look for, but too late. */
    EXPIRED
}
