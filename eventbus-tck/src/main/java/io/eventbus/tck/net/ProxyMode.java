package io.eventbus.tck.net;

/** What a {@link TcpProxy} does with the connections through it. */
public enum ProxyMode {

    /** Bytes, ends of stream and resets go through in both directions. */
    PASS,

    /** As {@link #PASS}, but later, or not so much at a time. */
    SLOW,

    /** Every connection has been reset; one that is made now is accepted and reset at once. */
    CUT,

    /**
     * Connections stay open and nothing goes through, in neither direction: no byte, no end of stream, no reset. One that is
     * made now is accepted and never answered. What the ends send meanwhile waits, as it would for a network that drops
     * packets, and goes through when the proxy is healed.
     */
    SILENCE,

    /** What clients send goes through, and nothing comes back: no byte, no end of stream, no reset. It waits as in a silence. */
    NO_ANSWERS
}
