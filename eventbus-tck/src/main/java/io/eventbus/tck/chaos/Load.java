package io.eventbus.tck.chaos;

import io.eventbus.Event;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.PublishedOutcome;
import io.eventbus.tck.Sample;
import io.eventbus.tck.history.EventRef;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.jvm.Work;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes at a steady rate until it is stopped, some events one by one and most without waiting, and writes down how each
 * ended. Thread-safe.
 */
final class Load {

    private static final int AWAITED = 20;
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Setting setting;
    private final String topic;
    private final HistoryRecorder recorder;
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private volatile boolean stopped;

    Load(Setting setting, String topic, HistoryRecorder recorder) {
        this.setting = setting;
        this.topic = topic;
        this.recorder = recorder;
    }

    /** The text of the next event that anyone publishes. */
    void next(String text) {
        texts.add(text);
    }

    /** Begins to publish with a bus; completes when that has ended, after {@link #stop}. */
    CompletableFuture<Void> start(BusUnderTest bus, int number) {
        return Aside.run(() -> publishAll(bus, new Random(setting.seed() + number)));
    }

    void stop() {
        stopped = true;
    }

    /** How many publishes have not completed. */
    int open() {
        return open.get();
    }

    int attempted() {
        return numbers.get();
    }

    long accepted() {
        return accepted.sum();
    }

    long unknown() {
        return unknown.sum();
    }

    /** Whether an event that was published can never be handled. */
    boolean mustFail(String id) {
        return poison.contains(id);
    }

    String key(int number) {
        return "key " + number;
    }

    private void publishAll(BusUnderTest bus, Random random) {
        long pause = TimeUnit.SECONDS.toNanos(1) * Setting.PUBLISHERS / setting.eventsPerSecond();
        long due = System.nanoTime();
        while (!stopped) {
            String text = texts.poll();
            int number = numbers.incrementAndGet();
            String key = key(random.nextInt(setting.keys()));
            Event<Sample.Placed> event = Event.of(new Sample.Placed(key, number, text == null ? "" : text));
            if (Work.POISON.equals(text)) {
                poison.add(event.id());
            }
            CompletionStage<Outcome> end = publish(bus, event);
            if (random.nextInt(AWAITED) == 0) {
                end.toCompletableFuture().join();
            }
            due = Math.max(due + pause, System.nanoTime() - CATCH_UP_NANOS);
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** Publishes an event; the stage never fails. */
    CompletionStage<Outcome> publish(BusUnderTest bus, Event<Sample.Placed> event) {
        EventRef sent = Sample.ref(topic, event);
        recorder.publishInvoked(bus.instance(), sent);
        open.incrementAndGet();
        return bus.bus().publishAsync(event).handle((done, failure) -> {
            Outcome outcome = PublishedOutcome.of(failure);
            recorder.publishReturned(bus.instance(), sent, outcome);
            (outcome == Outcome.ACCEPTED ? accepted : unknown).add(outcome == Outcome.NOT_ACCEPTED ? 0 : 1);
            open.decrementAndGet();
            return outcome;
        });
    }
}
