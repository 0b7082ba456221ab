package io.eventbus.tck.chaos;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventBusException;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Sample;
import io.eventbus.tck.history.EventRef;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One performance of a script, on a topic of its own. Used once, by one thread. */
final class Play {

    private static final Logger LOG = LoggerFactory.getLogger(Play.class);
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final int FENCE_TRIES = 10;
    /** How many of what went wrong are named. */
    private static final int SHOWN = 5;

    private static final int MAX_DEAD_LETTERS = 100_000;

    private final Kit kit;
    private final Stage stage;
    private final Setting setting;
    private final Script script;
    private final BooleanSupplier stopped;
    private final HistoryRecorder recorder;
    private final Group group;
    private final Load load;
    private final Crew crew;
    private final List<BusUnderTest> publishers = new ArrayList<>();
    private final long origin = System.nanoTime();
    private String part = "beginning";

    Play(Kit kit, Stage stage, Setting setting, Script script, BooleanSupplier stopped) {
        this.kit = kit;
        this.stage = stage;
        this.setting = setting;
        this.script = script;
        this.stopped = stopped;
        this.recorder = stage.recorder(origin);
        this.group = new Group(kit.name("chaos"), kit.name("group"));
        this.load = new Load(setting, group.topic(), recorder);
        this.crew = new Crew(stage, group, recorder, origin);
    }

    /**
     * Plays the script, heals what is broken, and waits until the group has handled all.
     *
     * @param progress told now and then how far it is
     * @return what happened, and how it ended
     */
    Ending run(Consumer<Progress> progress) {
        try {
            begin();
            part = "troubles";
            perform(progress);
            part = "fence of every key";
            fence();
            part = "look at the dead letters";
            complete();
            return new Ending.Complete(history());
        } catch (AssertionFailedError stuck) {
            load.stop();
            return new Ending.Stuck(history(), String.valueOf(stuck.getMessage()));
        } catch (EventBusException failed) {
            load.stop();
            return new Ending.Stuck(history(), "a bus gives up: " + failed.getMessage());
        } catch (RuntimeException e) {
            LOG.info("a scenario was not played to its end", e);
            load.stop();
            return new Ending.CutOff(history(), missed(e));
        } finally {
            crew.kill();
            publishers.forEach(Play::dismiss);
        }
    }

    /** Before any trouble nothing is judged: a member that cannot even begin proves nothing. */
    private void begin() {
        try {
            crew.start(setting.members());
            for (int i = 0; i < Setting.PUBLISHERS; i++) {
                publishers.add(stage.publisher(group.topic()));
            }
        } catch (AssertionFailedError | EventBusException e) {
            throw new Inconclusive(String.valueOf(e.getMessage()), e);
        }
    }

    /** An {@link Inconclusive} says what it is; anything else is named. */
    private String missed(RuntimeException why) {
        long seconds = Duration.ofNanos(System.nanoTime() - origin).toSeconds();
        return "the end of the scenario, which stopped in its " + part + ", " + seconds + " s after it was started: "
                + (why instanceof Inconclusive ? why.getMessage() : why);
    }

    /** How a play ended. */
    sealed interface Ending {

        /** What happened. */
        History history();

        /** It was played as the script says. */
        record Complete(History history) implements Ending {}

        /** Publishes, a member's way into the group, or the group's through what was published did not come to an end. */
        record Stuck(History history, String what) implements Ending {}

        /** It was not played to its end, for a reason that is not the bus's: that proves nothing. */
        record CutOff(History history, String missed) implements Ending {}
    }

    private void perform(Consumer<Progress> progress) {
        Troubles troubles = new Troubles(stage, setting, recorder, crew, publishers, load);
        Pace pace = stage.pace(load, setting);
        List<CompletableFuture<Void>> publishing = IntStream.range(0, publishers.size())
                .mapToObj(number -> load.start(publishers.get(number), number))
                .toList();
        List<CompletableFuture<Void>> tracks = troubles.tracks(script).stream()
                .map(track -> Aside.run(() -> troubles.cause(track, pace)))
                .toList();
        Reporter reporter = new Reporter(progress, troubles);
        while (!tracks.stream().allMatch(CompletableFuture::isDone)
                || pace.millis() < script.length().toMillis()) {
            requireWanted();
            crew.collect();
            reporter.report();
            LockSupport.parkNanos(POLL.toNanos());
        }
        load.stop();
        tracks.forEach(Play::requireCaused);
        until(
                "the end of every publish",
                () -> publishing.stream().allMatch(CompletableFuture::isDone) && load.open() == 0);
    }

    /** A bus that does not come back is what is looked for; when anything else goes wrong with a trouble, nothing is proved. */
    private static void requireCaused(CompletableFuture<Void> track) {
        try {
            track.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AssertionFailedError stuck) {
                throw stuck;
            }
            if (e.getCause() instanceof EventBusException failed) {
                throw failed;
            }
            throw e.getCause() instanceof Inconclusive missed ? missed : e;
        }
    }

    /** Publishes one more event of each key, and waits until they are handled. */
    private void fence() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < setting.keys(); number++) {
            ids.add(acceptedFence(load.key(number)));
        }
        until("the fence of every key", () -> {
            crew.collect();
            return crew.hasHandled(ids);
        });
    }

    private String acceptedFence(String key) {
        for (int attempt = 0; attempt < FENCE_TRIES; attempt++) {
            Event<Sample.Placed> fence = Event.of(Sample.fence(key));
            Outcome outcome = kit.await().result("the end of a publish", load.publish(publishers.get(0), fence));
            if (outcome == Outcome.ACCEPTED) {
                return fence.id();
            }
        }
        throw new AssertionFailedError("nothing is accepted after all was healed");
    }

    /** What must fail has exhausted its attempts. Whatever else was given up, and for whatever reason, should not have been. */
    private void complete() {
        crew.leave();
        BusUnderTest inspector = stage.inspector(group);
        List<String> needless = new ArrayList<>();
        for (DeadLetter letter : inspector.bus().deadLetters().list(MAX_DEAD_LETTERS)) {
            String id = letter.event().id();
            if (letter.reason() == DeadLetterReason.ATTEMPTS_EXHAUSTED && load.mustFail(id)) {
                String key = String.valueOf(letter.event().key());
                recorder.settled(
                        Op.DEAD_LETTER,
                        group,
                        new EventRef(group.topic(), key, id, ""),
                        letter.reason().name());
            } else {
                needless.add(id + " " + letter.reason());
            }
        }
        dismiss(inspector);
        if (!needless.isEmpty()) {
            throw new AssertionFailedError(
                    needless.size() + " dead letters of events that were given up without need, such as "
                            + needless.subList(0, Math.min(SHOWN, needless.size())));
        }
    }

    private History history() {
        crew.collect();
        List<HistoryRecord> all = Stream.concat(recorder.snapshot().records().stream(), crew.written().stream())
                .toList();
        return History.merged(all);
    }

    /** What a history of this play has to keep. */
    HistoryChecker checker() {
        HistoryChecker checker = HistoryChecker.withSeed(setting.seed())
                .withFaultReach(stage.reach())
                .withSettling(stage.reach());
        if (kit.declares(Capability.GROUP_KEY_ORDER)) {
            checker = checker.withKeyOrderAcrossMembers();
        }
        for (Trouble trouble : List.of(Trouble.KILL_MEMBER, Trouble.KILL_BROKER)) {
            Op op = trouble == Trouble.KILL_MEMBER ? Op.CRASH : Op.RESTART;
            checker = checker.mustReach(Reachability.happened(op, (int) script.count(trouble)));
        }
        return checker.mustReach(Reachability.happened(Op.HANDLE_END, 1));
    }

    private void until(String what, BooleanSupplier condition) {
        kit.timing().await(DRAIN).until(what, () -> {
            requireWanted();
            return condition.getAsBoolean();
        });
    }

    private void requireWanted() {
        if (stopped.getAsBoolean()) {
            throw new Inconclusive("it was told to end");
        }
    }

    private static void dismiss(BusUnderTest bus) {
        bus.close();
        bus.proxy().ifPresent(TcpProxy::close);
    }

    /** Says now and then how far the play is. */
    private final class Reporter {

        private final Consumer<Progress> progress;
        private final Troubles troubles;
        private final long begin = System.nanoTime();
        private long next = begin + BETWEEN_REPORTS.toNanos();

        Reporter(Consumer<Progress> progress, Troubles troubles) {
            this.progress = progress;
            this.troubles = troubles;
        }

        void report() {
            long now = System.nanoTime();
            if (now >= next) {
                next = now + BETWEEN_REPORTS.toNanos();
                progress.accept(new Progress.Playing(
                        Duration.ofNanos(now - begin),
                        load.accepted(),
                        crew.successes(),
                        load.unknown(),
                        troubles.faults()));
            }
        }
    }
}
