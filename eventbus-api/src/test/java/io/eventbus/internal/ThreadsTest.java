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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
