package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A bus, its publishers and its broker, all in one and by chance: one group with one member at a time, that keeps every rule while
 * publishes stay open or end unknown, handlers fail, connections are cut and members crash; the second
 * half of a run is without cuts and crashes. What it does is what its seed says.
 */
final class SimulatedBus {

    private static final int KEYS = 5;
    private static final int PUBLISHERS = 2;
    private static final int MAX_ATTEMPTS = 4;

    private final Random random;
    private final Group group;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final List<Deque<EventRef>> pipelines = Stream.generate(() -> (Deque<EventRef>) new ArrayDeque<EventRef>())
            .limit(PUBLISHERS)
            .toList();
    private final List<EventRef> acceptedAndOpen = new ArrayList<>();
    private final Map<String, Integer> publisherOf = new HashMap<>();
    private long nanos;
    private String thread = "main";
    private final HistoryRecorder recorder = new HistoryRecorder(() -> nanos, () -> thread);
    private int published;
    private int member;

    SimulatedBus(long seed, Group group) {
        this.random = new Random(seed);
        this.group = group;
    }

    History run(int events) {
        join();
        while (published < events) {
            step();
            if (published < events / 2 && random.nextInt(40) == 0) {
                breakSomething();
            }
        }
        while (!drained()) {
            step();
        }
        return recorder.snapshot();
    }

    private boolean drained() {
        return acceptedAndOpen.isEmpty()
                && pipelines.stream().allMatch(Deque::isEmpty)
                && lanes.values().stream().allMatch(lane -> lane.pending.isEmpty());
    }

    private void step() {
        nanos += 1_000_000L * (1 + random.nextInt(20));
        List<Runnable> actions = List.of(
                this::publish, this::accept, this::complete, this::start, this::end, this::end, this::acknowledge);
        actions.get(random.nextInt(actions.size())).run();
    }

    private void publish() {
        if (random.nextInt(3) == 0) {
            return;
        }
        EventRef event = new EventRef("t", "k" + random.nextInt(KEYS), "e" + published++, "content");
        publisherOf.put(event.id(), random.nextInt(PUBLISHERS));
        invoke(event);
    }

    private void invoke(EventRef event) {
        onPublisherOf(event);
        recorder.publishInvoked("P", event);
        pipelines.get(publisherOf.get(event.id())).add(event);
    }

    private void onPublisherOf(EventRef event) {
        thread = "publisher-" + publisherOf.get(event.id());
    }

    /** The broker takes the oldest publish of a pipeline, or refuses it, or it gets lost on the way. */
    private void accept() {
        EventRef event = pipelines.get(random.nextInt(PUBLISHERS)).poll();
        if (event == null) {
            return;
        }
        switch (random.nextInt(20)) {
            case 0 -> returned(event, Outcome.NOT_ACCEPTED);
            case 1 -> unknown(event);
            default -> {
                lane(event).pending.add(event);
                acceptedAndOpen.add(event);
            }
        }
    }

    private void complete() {
        if (acceptedAndOpen.isEmpty()) {
            return;
        }
        EventRef event = acceptedAndOpen.remove(random.nextInt(acceptedAndOpen.size()));
        if (random.nextInt(20) == 0) {
            unknown(event);
        } else {
            returned(event, Outcome.ACCEPTED);
        }
    }

    private void unknown(EventRef event) {
        returned(event, Outcome.UNKNOWN);
        if (random.nextBoolean()) {
            invoke(event);
        }
    }

    private void returned(EventRef event, Outcome outcome) {
        thread = "confirms";
        recorder.publishReturned("P", event, outcome);
    }

    private void start() {
        pick(lane -> !lane.running && !lane.pending.isEmpty()).forEach(lane -> {
            lane.running = true;
            lane.attempt++;
            thread = "lane";
            recorder.handlingStarted(member(), group, lane.pending.peekFirst(), lane.attempt);
        });
    }

    private void end() {
        pick(lane -> lane.running).forEach(lane -> {
            boolean failed = random.nextInt(4) == 0;
            EventRef event = lane.pending.peekFirst();
            if (failed) {
                recorder.handlingFailed(member(), group, event, lane.attempt, "by chance");
            } else {
                recorder.handlingSucceeded(member(), group, event, lane.attempt);
            }
            lane.running = false;
            if (!failed || lane.attempt == MAX_ATTEMPTS) {
                settle(lane, failed);
            }
        });
    }

    private void settle(Lane lane, boolean failed) {
        EventRef event = lane.pending.peekFirst();
        lane.attempt = 0;
        if (lane.stale) {
            lane.abandon(); // the connection that could have acknowledged it is gone
            return;
        }
        lane.pending.removeFirst();
        lane.unacknowledged.add(event);
        if (failed) {
            recorder.settled(Op.DEAD_LETTER, group, event, "");
        }
    }

    private void acknowledge() {
        pick(lane -> !lane.unacknowledged.isEmpty()).forEach(lane -> lane.unacknowledged.remove(0));
    }

    private void breakSomething() {
        if (random.nextBoolean()) {
            recorder.fault(Op.CUT, "by chance");
            lanes.values().forEach(Lane::redeliver);
            nanos += 1_000_000L * random.nextInt(500);
            recorder.fault(Op.HEAL, "by chance");
        } else {
            recorder.crashing(member());
            lanes.values().forEach(Lane::abandon);
            member++;
            join();
        }
    }

    private void join() {
        recorder.joining(member(), group);
        recorder.ready(member(), group);
    }

    private String member() {
        return "A" + member;
    }

    private Lane lane(EventRef event) {
        return lanes.computeIfAbsent(event.key(), unused -> new Lane());
    }

    private Stream<Lane> pick(Predicate<Lane> condition) {
        List<Lane> candidates = lanes.values().stream().filter(condition).toList();
        return candidates.isEmpty() ? Stream.empty() : Stream.of(candidates.get(random.nextInt(candidates.size())));
    }

    /** The events of one key: at the broker, the oldest perhaps being handled, and handled but not acknowledged. */
    private static final class Lane {

        private final Deque<EventRef> pending = new ArrayDeque<>();
        private final List<EventRef> unacknowledged = new ArrayList<>();
        private boolean running;
        private boolean stale;
        private int attempt;

        /** All that was not acknowledged comes again; what runs goes on and its end counts for nothing. */
        void redeliver() {
            if (running) {
                stale = true;
            } else {
                giveBack();
            }
        }

        void abandon() {
            running = false;
            stale = false;
            giveBack();
        }

        private void giveBack() {
            attempt = 0;
            for (int i = unacknowledged.size() - 1; i >= 0; i--) {
                pending.addFirst(unacknowledged.get(i));
            }
            unacknowledged.clear();
        }
    }
}
