package io.eventbus.tck.chaos;

import io.eventbus.EventBusException;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.jvm.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Causes what a script says, and writes it down. What happens to one target happens on one track, one after the other; the tracks
 * go side by side. Thread-safe.
 */
final class Troubles {

    private static final int FAILURES = 2;
    private static final Duration SLOW = Duration.ofMillis(500);

    private final Stage stage;
    private final Setting setting;
    private final HistoryRecorder recorder;
    private final Crew crew;
    private final List<BusUnderTest> publishers;
    private final Load load;
    private final LongAdder faults = new LongAdder();

    Troubles(
            Stage stage,
            Setting setting,
            HistoryRecorder recorder,
            Crew crew,
            List<BusUnderTest> publishers,
            Load load) {
        this.stage = stage;
        this.setting = setting;
        this.recorder = recorder;
        this.crew = crew;
        this.publishers = publishers;
        this.load = load;
    }

    /** Who meets with what. */
    private record Target(Trouble.Whom whom, int number) {}

    /** The actions of a script by their targets. */
    Collection<List<Action>> tracks(Script script) {
        return script.actions().stream()
                .collect(Collectors.groupingBy(this::target))
                .values();
    }

    private Target target(Action action) {
        Trouble.Whom whom = action.trouble().whom();
        return switch (whom) {
            case MEMBER -> new Target(whom, action.target() % setting.members());
            case PUBLISHER -> new Target(whom, action.target() % publishers.size());
            case BROKER, EVENT -> new Target(whom, 0);
        };
    }

    /** How many faults have begun. */
    long faults() {
        return faults.sum();
    }

    /**
     * Causes the actions of a track at their times, and returns when the last one is over. When one takes longer than it should, as
     * a broker's start may, all that follow on the track come later, so that the peace between them stays.
     */
    void cause(List<Action> track, Pace pace) {
        long late = 0;
        for (Action action : track) {
            pace.awaitMillis(action.atMillis() + late);
            causeOrMiss(action);
            late = Math.max(late, pace.millis() - action.atMillis() - action.lastsMillis());
        }
    }

    /** What a bus makes of it is looked for; when anything else goes wrong, the trouble is missed, and the play proves nothing. */
    private void causeOrMiss(Action action) {
        try {
            cause(action, target(action).number());
        } catch (EventBusException e) {
            throw e;
        } catch (RuntimeException e) {
            String why = e instanceof Inconclusive ? e.getMessage() : e.toString();
            throw new Inconclusive("the trouble '" + action + "' was not caused: " + why, e);
        }
    }

    private void cause(Action action, int number) {
        if (action.trouble().whom() != Trouble.Whom.EVENT) {
            faults.increment();
        }
        switch (action.trouble()) {
            case CUT_MEMBER -> cut(crew.at(number).instance(), crew.at(number).network(), action);
            case SILENCE_MEMBER ->
                silence(crew.at(number).instance(), crew.at(number).network(), action);
            case KILL_MEMBER -> crew.replace(number);
            case CUT_PUBLISHER -> cut(publisher(number).instance(), stage.network(publisher(number)), action);
            case SILENCE_PUBLISHER -> silence(publisher(number).instance(), stage.network(publisher(number)), action);
            case KILL_BROKER -> killBroker(action);
            case FREEZE_BROKER -> freezeBroker(action);
            case FAIL -> load.next(Work.failing(FAILURES));
            case SLOW -> load.next(Work.taking(setting.scaled(SLOW)));
            case POISON -> load.next(Work.POISON);
        }
    }

    private BusUnderTest publisher(int number) {
        return publishers.get(number);
    }

    private void cut(String instance, Network network, Action action) {
        recorder.fault(Op.CUT, instance, action.toString());
        network.cut();
        last(action);
        network.heal();
        recorder.fault(Op.HEAL, instance, "connections pass");
    }

    private void silence(String instance, Network network, Action action) {
        recorder.fault(Op.SILENCE, instance, action.toString());
        network.silence();
        last(action);
        network.heal();
        recorder.fault(Op.HEAL, instance, "connections pass");
    }

    private void killBroker(Action action) {
        BrokerControl broker = broker();
        recorder.fault(Op.RESTART, action.toString());
        broker.kill();
        last(action);
        broker.start();
        recorder.fault(Op.HEAL, "the broker runs again");
    }

    private void freezeBroker(Action action) {
        BrokerControl.Pause pause = broker().pause().orElseThrow();
        recorder.fault(Op.SILENCE, action.toString());
        pause.freeze();
        last(action);
        pause.thaw();
        recorder.fault(Op.HEAL, "the broker goes on");
    }

    private BrokerControl broker() {
        return stage.broker().orElseThrow();
    }

    private static void last(Action action) {
        Pace.ofClock().awaitMillis(action.lastsMillis());
    }
}
