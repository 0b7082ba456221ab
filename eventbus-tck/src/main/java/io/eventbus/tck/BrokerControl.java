package io.eventbus.tck;

/** What a test may do to a broker that is its own. Used by one thread. */
public interface BrokerControl {

    /** Ends the broker as SIGKILL does, and returns when it is gone. What it had on disk stays. */
    void kill();

    /** Starts the killed broker again with the same address and data, and returns when clients can use it. */
    void start();
}
