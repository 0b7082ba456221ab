package io.eventbus.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work of one key in turn and work of different keys side by side, as many at once as there are slots. Work that
 * waits for its next attempt, or is held, keeps its lane and has neither thread nor slot. Thread-safe.
 */
class KeyedLanes {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
    private static final Duration NO_THREAD_PAUSE = Duration.ofSeconds(1);

    /** Something to run in a lane. */
    interface Work {

        /** Does the work, on a thread of the lanes; never throws, but may complete later and on any thread. */
        CompletableFuture<Next> run();

        /**
         * Whether a further run makes sense. Asked under the lock, so that work which ends just as it is to be dropped does
         * not wait; whoever turns this false drops the work after that.
         */
        boolean isLive();

        /** Called in place of a further run when there will be none. */
        void dropped();
    }

    private enum State {
        READY,
        RUNNING,
        WAITING,
        HELD
    }

    /** One key's work; the first is the one that runs, waits or is held. */
    private static final class Lane {
        private final Object key;
        private final Deque<Work> queue = new ArrayDeque<>();
        private State state = State.READY;
        private long releasesBefore;

        Lane(Object key) {
            this.key = key;
        }
    }

    private final Threads threads;
    private final Executor executor;
    private final OpenCount running = new OpenCount();
    private final Object lock = new Object();

    /** These five are guarded by the lock. */
    private final Map<Object, Lane> lanes = new HashMap<>();

    private final Deque<Lane> ready = new ArrayDeque<>();
    private int freeSlots;
    private long releases;
    private boolean closed;

    KeyedLanes(int slots, Threads threads) {
        this(slots, threads, threads.handlers());
    }

    /** Runs the work by an executor that may reject it, or have no thread for it. */
    KeyedLanes(int slots, Threads threads, Executor executor) {
        this.freeSlots = slots;
        this.threads = threads;
        this.executor = executor;
    }

    /** Puts work at the end of its key's lane; false if the lanes are closed. */
    boolean submit(Object key, Work work) {
        List<Lane> starting;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            Lane lane = lanes.get(key);
            if (lane == null) {
                lane = new Lane(key);
                lanes.put(key, lane);
                ready.add(lane);
            }
            lane.queue.add(work);
            starting = takeReady();
        }
        starting.forEach(this::start);
        return true;
    }

    /** Removes work that is not running, in no order across lanes; the caller tells it. */
    List<Work> drop(Predicate<Work> unwanted) {
        List<Work> dropped = new ArrayList<>();
        List<Lane> starting;
        synchronized (lock) {
            for (Lane lane : List.copyOf(lanes.values())) {
                dropFrom(lane, unwanted, dropped);
            }
            starting = takeReady();
        }
        starting.forEach(this::start);
        return dropped;
    }

    /** Takes no more work, and removes what is not running; the caller tells it. */
    List<Work> close() {
        synchronized (lock) {
            closed = true;
        }
        return drop(work -> true);
    }

    /** Runs again what is held, and what is about to be. */
    void release() {
        List<Lane> starting;
        synchronized (lock) {
            releases++;
            lanes.values().stream().filter(lane -> lane.state == State.HELD).forEach(this::makeReady);
            starting = takeReady();
        }
        starting.forEach(this::start);
    }

    /** Waits until nothing runs; false if the deadline was over before. */
    boolean awaitIdle(Deadline deadline) {
        return running.awaitNone(deadline);
    }

    /** The work that is here, running or not. */
    List<Work> all(Predicate<Work> which) {
        synchronized (lock) {
            return lanes.values().stream()
                    .flatMap(lane -> lane.queue.stream())
                    .filter(which)
                    .toList();
        }
    }

    /** Waits until none of this work runs; what still runs when the deadline is over is returned. */
    List<Work> awaitEnd(Predicate<Work> which, Deadline deadline) {
        synchronized (lock) {
            List<Work> running = running(which);
            while (!running.isEmpty() && !deadline.isOver()) {
                try {
                    lock.wait(Math.max(1, deadline.remaining().toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return running(which);
                }
                running = running(which);
            }
            return running;
        }
    }

    /** Guarded by the lock. */
    private List<Work> running(Predicate<Work> which) {
        return lanes.values().stream()
                .filter(lane -> lane.state == State.RUNNING)
                .map(lane -> lane.queue.getFirst())
                .filter(which)
                .toList();
    }

    /** Guarded by the lock. */
    private void dropFrom(Lane lane, Predicate<Work> unwanted, List<Work> dropped) {
        boolean runs = lane.state == State.RUNNING;
        Work first = lane.queue.removeFirst();
        boolean firstGoes = !runs && unwanted.test(first);
        if (firstGoes) {
            dropped.add(first);
        }
        lane.queue.removeIf(work -> unwanted.test(work) && dropped.add(work));
        if (!firstGoes) {
            lane.queue.addFirst(first);
        } else {
            ready.remove(lane);
            nextInLine(lane);
        }
    }

    /** Guarded by the lock: the lane's first work is gone. */
    private void nextInLine(Lane lane) {
        if (lane.queue.isEmpty()) {
            lanes.remove(lane.key);
        } else {
            makeReady(lane);
        }
    }

    /** Guarded by the lock. */
    private void makeReady(Lane lane) {
        lane.state = State.READY;
        ready.add(lane);
    }

    /** Guarded by the lock: takes as many ready lanes as there are slots. */
    private List<Lane> takeReady() {
        if (freeSlots == 0 || ready.isEmpty()) {
            return List.of();
        }
        List<Lane> taken = new ArrayList<>(1);
        while (freeSlots > 0 && !ready.isEmpty()) {
            Lane lane = ready.remove();
            lane.state = State.RUNNING;
            lane.releasesBefore = releases;
            freeSlots--;
            running.increment();
            taken.add(lane);
        }
        return taken;
    }

    private void start(Lane first) {
        Lane lane = first;
        while (lane != null) {
            lane = begin(lane);
        }
    }

    /** Null, or the lane that has got the slot, since there was no thread for the first. */
    private @Nullable Lane begin(Lane lane) {
        try {
            executor.execute(() -> work(lane));
        } catch (RejectedExecutionException e) {
            // the bus is closed
            running.decrement();
            abandon(lane);
        } catch (Error e) {
            // the process may have no more threads now
            LOG.warn("no thread for a handler, which is tried again in {}: {}", NO_THREAD_PAUSE, e.toString());
            return finished(lane, head(lane), Next.after(NO_THREAD_PAUSE));
        }
        return null;
    }

    private void abandon(Lane lane) {
        List<Work> abandoned;
        synchronized (lock) {
            abandoned = List.copyOf(lane.queue);
            lane.queue.clear();
            lanes.remove(lane.key);
        }
        abandoned.forEach(Work::dropped);
    }

    /** Runs lane after lane on this thread while their work completes on it. */
    private void work(Lane first) {
        Lane lane = first;
        while (lane != null) {
            lane = runHead(lane);
        }
    }

    private @Nullable Lane runHead(Lane lane) {
        Work work = head(lane);
        CompletableFuture<Next> result = work.run();
        if (result.isDone()) {
            return finished(lane, work, result.join());
        }
        result.thenAccept(next -> {
            Lane following = finished(lane, work, next);
            if (following != null) {
                start(following);
            }
        });
        return null;
    }

    private Work head(Lane lane) {
        synchronized (lock) {
            return lane.queue.getFirst();
        }
    }

    /** Frees the slot, and takes it again for a lane that is ready, which the caller has to run. */
    private @Nullable Lane finished(Lane lane, Work work, Next next) {
        List<Lane> following;
        boolean stays;
        synchronized (lock) {
            freeSlots++;
            lock.notifyAll();
            stays = next.isAgain() && !closed && work.isLive();
            if (stays) {
                keep(lane, next);
            } else {
                lane.queue.removeFirst();
                nextInLine(lane);
            }
            following = takeReady();
        }
        if (stays && next.kind() == Next.Kind.AGAIN) {
            threads.schedule(() -> resume(lane, work), next.delay());
        } else if (next.isAgain() && !stays) {
            work.dropped();
        }
        running.decrement();
        return following.isEmpty() ? null : following.get(0);
    }

    /** Guarded by the lock. What was released while it ran is not held. */
    private void keep(Lane lane, Next next) {
        if (next.kind() == Next.Kind.AGAIN) {
            lane.state = State.WAITING;
        } else if (lane.releasesBefore == releases) {
            lane.state = State.HELD;
        } else {
            makeReady(lane);
        }
    }

    private void resume(Lane lane, Work work) {
        List<Lane> starting = List.of();
        synchronized (lock) {
            if (lane.state == State.WAITING && work.equals(lane.queue.peekFirst())) {
                makeReady(lane);
                starting = takeReady();
            }
        }
        starting.forEach(this::start);
    }
}
