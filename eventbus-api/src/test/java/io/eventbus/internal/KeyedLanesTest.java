package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Work of one key in turn, work of different keys side by side. */
class KeyedLanesTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Threads threads = new Threads("test");
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    /** Work that writes down its name when it begins, and ends when it is told to. */
    private final class Step implements KeyedLanes.Work {

        private final String name;
        private final Supplier<CompletableFuture<Next>> run;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicInteger drops = new AtomicInteger();
        private volatile boolean live = true;

        Step(String name, Supplier<CompletableFuture<Next>> run) {
            this.name = name;
            this.run = run;
        }

        @Override
        public CompletableFuture<Next> run() {
            log.add(name);
            begun.countDown();
            return run.get();
        }

        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public void dropped() {
            drops.incrementAndGet();
        }

        void awaitBegin() {
            try {
                assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as(name + " begins")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        boolean hasBegun() {
            return begun.getCount() == 0;
        }
    }

    @AfterEach
    void stop() {
        threads.stop(PATIENCE);
    }

    @Test
    @DisplayName("work of one key runs in the order of submission")
    void inOrder() {
        KeyedLanes lanes = new KeyedLanes(4, threads);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("step " + i);
            lanes.submit("key", done("step " + i));
        }
        awaitIdle(lanes);
        assertThat(log).containsExactlyElementsOf(expected);
    }

    @Test
    @DisplayName("work of one key does not begin before the one before has ended, also if that has no thread")
    void oneAtATime() {
        KeyedLanes lanes = new KeyedLanes(2, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step first = step("first", end);
        Step second = done("second");
        lanes.submit("key", first);
        lanes.submit("key", second);
        fence(lanes, "other key");
        assertThat(second.hasBegun()).isFalse();
        end.complete(Next.DONE);
        second.awaitBegin();
    }

    @Test
    @DisplayName("work of different keys runs side by side, as many as there are slots")
    void sideBySide() {
        AtomicInteger begun = new AtomicInteger();
        KeyedLanes lanes = new KeyedLanes(3, threads, task -> {
            begun.incrementAndGet();
            threads.handlers().execute(task);
        });
        CompletableFuture<Next> end = new CompletableFuture<>();
        List<Step> running = List.of(step("a", end), step("b", end), step("c", end));
        running.forEach(step -> lanes.submit(step.name, step));
        running.forEach(Step::awaitBegin);
        Step further = done("d");
        lanes.submit("d", further);
        assertThat(begun).hasValue(3);
        end.complete(Next.DONE);
        further.awaitBegin();
    }

    @Test
    @DisplayName("work that is held keeps its lane and no slot, and runs again once it is released")
    void heldUntilReleased() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        AtomicInteger runs = new AtomicInteger();
        Step held = new Step(
                "held", () -> CompletableFuture.completedFuture(runs.incrementAndGet() == 1 ? Next.HELD : Next.DONE));
        Step behind = done("behind");
        lanes.submit("key", held);
        lanes.submit("key", behind);
        fence(lanes, "other key");
        assertThat(behind.hasBegun()).isFalse();
        lanes.release();
        behind.awaitBegin();
        assertThat(runs).hasValue(2);
    }

    @Test
    @DisplayName("what is released while work runs that is to be held is not forgotten")
    void releasedBeforeItWasHeld() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> first = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        Step held = new Step(
                "held", () -> runs.incrementAndGet() == 1 ? first : CompletableFuture.completedFuture(Next.DONE));
        Step behind = done("behind");
        lanes.submit("key", held);
        lanes.submit("key", behind);
        held.awaitBegin();
        lanes.release();
        first.complete(Next.HELD);
        behind.awaitBegin();
    }

    @Test
    @DisplayName("never more run at once than there are slots")
    void neverMoreThanSlots() {
        KeyedLanes lanes = new KeyedLanes(3, threads);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 2000; i++) {
            lanes.submit("key " + i % 50, new Step("step", () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                return CompletableFuture.supplyAsync(
                        () -> {
                            inside.decrementAndGet();
                            return Next.DONE;
                        },
                        threads.handlers());
            }));
        }
        awaitIdle(lanes);
        assertThat(log).hasSize(2000);
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("work that waits for its next run holds no slot")
    void waitingHoldsNoSlot() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        Step waiting = step("waiting", CompletableFuture.completedFuture(Next.after(LONG)));
        lanes.submit("key", waiting);
        waiting.awaitBegin();
        fence(lanes, "other key");
    }

    @Test
    @DisplayName("work that waits for its next run holds its key")
    void waitingHoldsItsKey() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        Step waiting = step("waiting", CompletableFuture.completedFuture(Next.after(LONG)));
        Step behind = done("behind");
        lanes.submit("key", waiting);
        lanes.submit("key", behind);
        waiting.awaitBegin();
        fence(lanes, "other key");
        assertThat(behind.hasBegun()).isFalse();
    }

    @Test
    @DisplayName("work runs again after its pause, before what is behind it")
    void runsAgain() {
        KeyedLanes lanes = new KeyedLanes(2, threads);
        AtomicInteger runs = new AtomicInteger();
        Step again = new Step(
                "again",
                () -> CompletableFuture.completedFuture(
                        runs.incrementAndGet() < 3 ? Next.after(Duration.ofMillis(1)) : Next.DONE));
        Step behind = done("behind");
        lanes.submit("key", again);
        lanes.submit("key", behind);
        behind.awaitBegin();
        assertThat(log).containsExactly("again", "again", "again", "behind");
    }

    @Test
    @DisplayName("dropped work does not run, and what runs is not dropped")
    void dropsWhatDoesNotRun() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        Step unwanted = done("unwanted");
        Step wanted = done("wanted");
        lanes.submit("key", running);
        running.awaitBegin();
        lanes.submit("key", unwanted);
        lanes.submit("other", done("unwanted too"));
        lanes.submit("key", wanted);
        List<KeyedLanes.Work> dropped = lanes.drop(work -> !work.equals(wanted));
        end.complete(Next.DONE);
        awaitIdle(lanes);
        assertThat(dropped).hasSize(2).contains(unwanted).doesNotContain(running);
        assertThat(log).containsExactly("running", "wanted");
    }

    @Test
    @DisplayName("when waiting work is dropped, what is behind it runs at once")
    void droppingFreesTheKey() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        Step waiting = step("waiting", CompletableFuture.completedFuture(Next.after(LONG)));
        lanes.submit("key", waiting);
        Step behind = done("behind");
        lanes.submit("key", behind);
        waiting.awaitBegin();
        fence(lanes, "other key");
        assertThat(lanes.drop(work -> work.equals(waiting))).containsExactly(waiting);
        behind.awaitBegin();
    }

    @Test
    @DisplayName("closed lanes take no work, and give back what does not run")
    void closes() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        Step queued = done("queued");
        lanes.submit("key", running);
        running.awaitBegin();
        lanes.submit("key", queued);
        assertThat(lanes.close()).containsExactly(queued);
        assertThat(lanes.submit("other", done("late"))).isFalse();
        end.complete(Next.DONE);
        awaitIdle(lanes);
        assertThat(log).containsExactly("running");
    }

    @Test
    @DisplayName("work that wants to run again after the close is told that it will not")
    void tellsWhatWillNotRun() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        lanes.close();
        end.complete(Next.after(Duration.ZERO));
        awaitIdle(lanes);
        assertThat(running.drops).hasValue(1);
        assertThat(log).containsExactly("running");
    }

    @Test
    @DisplayName("work that wants to run again but is no longer live is told that it will not, and its key is free")
    void tellsWhatIsNotLive() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        for (Next next : List.of(Next.after(LONG), Next.HELD)) {
            CompletableFuture<Next> end = new CompletableFuture<>();
            Step running = step("running", end);
            Step behind = done("behind");
            lanes.submit("key", running);
            lanes.submit("key", behind);
            running.awaitBegin();
            running.live = false;
            assertThat(lanes.drop(work -> work.equals(running))).isEmpty();
            end.complete(next);
            behind.awaitBegin();
            assertThat(running.drops).hasValue(1);
        }
    }

    @Test
    @DisplayName("waiting for the end gives up at the deadline while something runs")
    void awaitIdleGivesUp() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        assertThat(lanes.awaitIdle(Deadline.in(Duration.ofMillis(1)))).isFalse();
        end.complete(Next.DONE);
        awaitIdle(lanes);
    }

    @Test
    @DisplayName("waiting for the end of some work does not wait for other work")
    void awaitEndOfSome() {
        KeyedLanes lanes = new KeyedLanes(2, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        assertThat(lanes.awaitEnd(work -> !work.equals(running), Deadline.in(LONG)))
                .isEmpty();
        end.complete(Next.DONE);
    }

    @Test
    @DisplayName("waiting for the end of some work returns when it has ended, also if that has no thread")
    void awaitEndReturns() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        CompletableFuture<List<KeyedLanes.Work>> left = new CompletableFuture<>();
        Thread waiting = new Thread(() -> left.complete(lanes.awaitEnd(work -> true, Deadline.in(LONG))));
        waiting.start();
        EngineBench.awaitParked(waiting);
        end.complete(Next.DONE);
        assertThat(EngineBench.await(left)).isEmpty();
    }

    @Test
    @DisplayName("waiting for the end of some work tells what still runs at the deadline")
    void awaitEndGivesUp() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        lanes.submit("key", done("behind"));
        assertThat(lanes.awaitEnd(work -> true, Deadline.in(Duration.ofMillis(1))))
                .containsExactly(running);
        end.complete(Next.DONE);
    }

    @Test
    @DisplayName("waiting for the end of some work ends with an interrupt, and keeps it")
    void awaitEndInterrupted() {
        KeyedLanes lanes = new KeyedLanes(1, threads);
        CompletableFuture<Next> end = new CompletableFuture<>();
        Step running = step("running", end);
        lanes.submit("key", running);
        running.awaitBegin();
        Thread.currentThread().interrupt();
        List<KeyedLanes.Work> left = lanes.awaitEnd(work -> true, Deadline.in(LONG));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(left).containsExactly(running);
        end.complete(Next.DONE);
    }

    @Test
    @DisplayName(
            "work for which there is no thread leaves its slot to other work, and runs when there is one, in its order")
    void noThread() {
        AtomicInteger failures = new AtomicInteger(2);
        KeyedLanes lanes = new KeyedLanes(1, threads, task -> {
            if (failures.getAndDecrement() > 0) {
                throw new InternalError("told to have no thread");
            }
            threads.handlers().execute(task);
        });
        Step first = done("first");
        Step second = done("second");
        lanes.submit("key", first);
        lanes.submit("key", second);
        Step other = done("other");
        lanes.submit("other", other);
        fence(lanes, "fence");
        second.awaitBegin();
        other.awaitBegin();
        awaitIdle(lanes);
        assertThat(log.stream().filter(List.of("first", "second")::contains)).containsExactly("first", "second");
        assertThat(log).hasSize(5);
    }

    @Test
    @DisplayName("work that waits for a thread is given back at the close")
    void noThreadAtTheClose() {
        KeyedLanes lanes = new KeyedLanes(1, threads, task -> {
            throw new InternalError("told to have no thread");
        });
        Step step = done("step");
        CountDownLatch closed = new CountDownLatch(1);
        threads.schedule(() -> EngineBench.await(closed), Duration.ZERO);
        lanes.submit("key", step);
        assertThat(lanes.close()).containsExactly(step);
        closed.countDown();
        awaitIdle(lanes);
    }

    private Step done(String name) {
        return step(name, CompletableFuture.completedFuture(Next.DONE));
    }

    private Step step(String name, CompletableFuture<Next> end) {
        return new Step(name, () -> end);
    }

    /** For one free slot, where lanes begin in turn: what could run before, or once what runs before has ended, has begun then. */
    private void fence(KeyedLanes lanes, String key) {
        for (int i = 0; i < 2; i++) {
            Step fence = done("fence");
            lanes.submit(key, fence);
            fence.awaitBegin();
        }
    }

    private static void awaitIdle(KeyedLanes lanes) {
        assertThat(lanes.awaitIdle(Deadline.in(PATIENCE))).isTrue();
    }
}
