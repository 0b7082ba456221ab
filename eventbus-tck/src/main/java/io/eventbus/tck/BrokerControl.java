package io.eventbus.tck;

/** What a test may do to a broker that is its own. Used by one thread. */
public interface BrokerControl {

    /**
     * Makes a control of two methods of a harness's own broker.
     *
     * @param kill what {@link #kill} does
     * @param start what {@link #start} does
     * @return the control
     */
    static BrokerControl of(Runnable kill, Runnable start) {
        return new BrokerControl() {

            @Override
            public void kill() {
                kill.run();
            }

            @Override
            public void start() {
                start.run();
            }
        };
    }

    /** Ends the broker as SIGKILL does, and returns when it is gone. What it had on disk stays. */
    void kill();

    /** Starts the killed broker again with the same address and data, and returns when clients can use it. */
    void start();
}
