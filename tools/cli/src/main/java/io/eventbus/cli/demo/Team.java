package io.eventbus.cli.demo;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two workers whose work takes equally long: a piece is done when both have one. */
final class Team {
    /** As long as one may have to wait for a processor and then for its broker: whoever goes on alone has more than its half. */
    private static final long PATIENCE_SECONDS = 15;

    private final CyclicBarrier bothAtWork = new CyclicBarrier(2);

    private volatile boolean disbanded;

    /** From now on each works for itself. */
    void disband() {
        disbanded = true;
    }

    /** Works on one piece; alone, if the other worker has nothing to do. */
    void work() throws InterruptedException {
        if (disbanded) {
            return;
        }
        try {
            bothAtWork.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            bothAtWork.reset();
        }
    }
}
