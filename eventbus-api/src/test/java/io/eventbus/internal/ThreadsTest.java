package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    private final Threads threads = new Threads("bus-" + System.nanoTime());
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.stop(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("the timer has its thread before a loop may need it, when there may be none left")
    void timerFirst() {
        Thread loop = threads.start("receiver", false, () -> await(end));
        String name = loop.getName().substring(0, loop.getName().indexOf("-receiver"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .anyMatch(other -> other.startsWith(name + "-timer"));
    }

    @Test
    @DisplayName("what an executor has no thread for runs on the calling thread")
    void noThread() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Threads.orHere(task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                })
                .execute(() -> ran.set(Thread.currentThread()));
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    @DisplayName("what an executor that has ended refuses runs on the calling thread")
    void ended() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Threads.orHere(task -> {
                    throw new RejectedExecutionException("ended");
                })
                .execute(() -> ran.set(Thread.currentThread()));
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    @DisplayName("what a loop reports at its end is told")
    void reportsAtTheEnd() {
        CountDownLatch told = new CountDownLatch(1);
        threads.start("receiver", false, () -> {
            await(end); // until it is interrupted
            threads.report(told::countDown);
        });
        // each is waited for a second, so that the first has time on a busy machine
        for (int i = 0; i < 10; i++) {
            threads.start("receiver", false, () -> EngineBench.awaitUninterruptibly(told));
        }
        threads.stop(Duration.ofSeconds(60));
        assertThat(told.getCount()).isZero();
    }

    @Test
    @DisplayName("what waits behind a callback that does not return runs all the same when all else has ended")
    void blockedCallback() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch behind = new CountDownLatch(1);
        threads.callbacks().execute(() -> {
            begun.countDown();
            EngineBench.awaitUninterruptibly(end);
        });
        threads.callbacks().execute(behind::countDown);
        await(begun);
        threads.stop(Duration.ZERO);
        EngineBench.await(behind);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
