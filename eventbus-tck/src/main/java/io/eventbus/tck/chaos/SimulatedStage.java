package io.eventbus.tck.chaos;

import io.eventbus.EventHandler;
import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Kit;
import io.eventbus.tck.RecordingHandler;
import io.eventbus.tck.Sample;
import io.eventbus.tck.fault.TransportFaults;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.jvm.Work;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A broker in this JVM: members are buses, and their sessions fail as those in a network would. */
final class SimulatedStage implements Stage {

    private static final Duration PUBLISH_TIMEOUT = Duration.ofMillis(500);

    /** A handler that has ended still has to say so, and one that was about to begin may: no more, since a cut ends when it was noticed. */
    private static final Duration REACH = Duration.ofMillis(200);

    private final Kit kit;
    private final Beats beats;

    SimulatedStage(Kit kit) {
        this.kit = kit;
        this.beats = kit.closing(new Beats());
    }

    @Override
    public Set<Trouble> troubles() {
        return EnumSet.complementOf(EnumSet.of(Trouble.SILENCE_MEMBER, Trouble.KILL_BROKER, Trouble.FREEZE_BROKER));
    }

    @Override
    public Optional<BrokerControl> broker() {
        return Optional.empty();
    }

    @Override
    public Member enter(Group group, Chronicle chronicle) {
        BusUnderTest bus = kit.member(group.topic(), group.name());
        RecordingHandler recording =
                new RecordingHandler(chronicle.recorder(), bus.instance(), group, chronicle.handled());
        EventHandler<Sample.Placed> work = recording.around(new Work());
        bus.bus().subscribe(Sample.Placed.class, event -> {
            // whoever is dead begins nothing
            if (!bus.crashed()) {
                work.handle(event);
            }
        });
        return new LocalMember(kit, bus);
    }

    @Override
    public BusUnderTest publisher(String topic) {
        return kit.bus(topic, builder -> builder.publishTimeout(kit.timing().slack(PUBLISH_TIMEOUT)))
                .start();
    }

    @Override
    public Network network(BusUnderTest publisher) {
        return new Cued(publisher.faults());
    }

    @Override
    public BusUnderTest inspector(Group group) {
        return kit.member(group.topic(), group.name()).start();
    }

    @Override
    public HistoryRecorder recorder(long origin) {
        return HistoryRecorder.timedBy(beats::nanos);
    }

    @Override
    public Duration reach() {
        return kit.timing().slack(REACH);
    }

    /** By the clock, a busy machine would publish next to nothing in so short a time. */
    @Override
    public Pace pace(Load load, Setting setting) {
        return Pace.ofLoad(load, setting);
    }

    private record LocalMember(Kit kit, BusUnderTest bus) implements Member {

        @Override
        public String instance() {
            return bus.instance();
        }

        @Override
        public Network network() {
            return new Noticed(kit, bus.faults(), new Cued(bus.faults()));
        }

        @Override
        public void awaitReady() {
            bus.start();
        }

        @Override
        public void kill() {
            bus.crash();
        }

        @Override
        public void leave() {
            bus.close();
        }

        @Override
        public List<HistoryRecord> readOn() {
            return List.of();
        }
    }

    /** A member's: healed when the member has noticed that it was cut. */
    private record Noticed(Kit kit, TransportFaults faults, Network network) implements Network {

        @Override
        public void cut() {
            network.cut();
        }

        @Override
        public void silence() {
            network.silence();
        }

        @Override
        public void heal() {
            network.heal();
            kit.await().until("a member that notices the cut", () -> !faults.pollFailurePending());
        }
    }

    private record Cued(TransportFaults faults) implements Network {

        @Override
        public void cut() {
            faults.refuseSessions();
            faults.failNextPoll(lost());
            faults.failNextFlush(lost());
        }

        @Override
        public void silence() {
            faults.ignoreSends();
        }

        @Override
        public void heal() {
            faults.acceptSessions();
            faults.acceptSends();
        }

        private static TransportException lost() {
            return new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "cut on cue", null);
        }
    }
}
