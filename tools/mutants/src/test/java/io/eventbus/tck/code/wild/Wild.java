package io.eventbus.tck.code.wild;

import io.eventbus.tck.Collected;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/** Each method does what a transport must not. */
@SuppressWarnings("unused") // nobody runs it
public abstract class Wild extends Thread {

    /** Only declared. */
    private final List<TestAbortedException[]> declared = List.of();

    Function<Runnable, Thread> makesThreadByReference() {
        return Thread::new;
    }

    Object makesExecutor() {
        return Executors.newCachedThreadPool();
    }

    Object makesPool() {
        return new ForkJoinPool(1);
    }

    Object makesTimer() {
        return new Timer();
    }

    Object schedules(ScheduledExecutorService others) {
        return others.schedule(() -> {}, 1, TimeUnit.SECONDS);
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    void sleepsInUnits() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    Object borrows() {
        return CompletableFuture.runAsync(() -> {});
    }

    Object borrowsTime(CompletableFuture<Void> stage) {
        return stage.orTimeout(1, TimeUnit.SECONDS);
    }

    Object borrowsPool() {
        return ForkJoinPool.commonPool();
    }

    Object goesParallel(Stream<Object> stream) {
        return stream.parallel();
    }

    Object isParallel() {
        return List.of().parallelStream();
    }

    void knowsTheKit(Collected<String> collected) {
        Assertions.assertTrue(collected.snapshot().isEmpty());
    }
}
