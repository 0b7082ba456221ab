package io.eventbus.kafka;

import java.time.Duration;

/**
 * Ends the waits of one consumer. Kafka's own wake-up would also end the next call of any other kind, such as a commit; so
 * it is called only while the consumer waits for records. Thread-safe.
 */
final class Wakeups {

    private final Runnable wakeup;
    private boolean waiting;
    private boolean woken;
    private boolean cut;

    /** @param wakeup Kafka's own */
    Wakeups(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** Makes the wait that goes on, or else the next, return at once. */
    synchronized void wake() {
        woken = true;
        if (waiting) {
            wakeup.run();
        }
    }

    /** Ends whatever call goes on, for good. */
    synchronized void cut() {
        cut = true;
        wakeup.run();
    }

    /** Whether it is all over. */
    synchronized boolean isCut() {
        return cut;
    }

    /** A wait begins; returns how long it is to be. */
    synchronized Duration begin(Duration wanted) {
        waiting = true;
        return woken ? Duration.ZERO : wanted;
    }

    /** In the middle of a wait the consumer calls back, for other calls to be made. */
    synchronized void suspend() {
        waiting = false;
    }

    /** The wait goes on. */
    synchronized void resume() {
        waiting = true;
        if (woken) {
            wakeup.run();
        }
    }

    /** The wait has ended. */
    synchronized void end() {
        waiting = false;
        woken = false;
    }
}
