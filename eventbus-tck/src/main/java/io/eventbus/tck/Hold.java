package io.eventbus.tck;

import java.util.concurrent.CountDownLatch;

/** A place where handlers wait until the test lets them go on. Thread-safe. */
public final class Hold {

    private final Collected<Thread> arrivals = new Collected<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Makes one that holds whoever comes. */
    public Hold() {}

    /**
     * Waits, on the handler's thread, until {@link #release}.
     *
     * @throws InterruptedException if the bus interrupts its handler
     */
    public void here() throws InterruptedException {
        arrivals.add(Thread.currentThread());
        released.await();
    }

    /** {@return the threads that have come so far, those that were let go included} */
    public Collected<Thread> arrivals() {
        return arrivals;
    }

    /** Lets everybody go on, now and from now on. */
    public void release() {
        released.countDown();
    }
}
