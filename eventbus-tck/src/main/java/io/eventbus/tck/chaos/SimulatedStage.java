package io.eventbus.tck.chaos;

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
import io.eventbus.tck.jvm.Work;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A broker in this JVM: members are buses, and their sessions fail as those in a network would. */
final class SimulatedStage implements Stage {

    private static final Duration PUBLISH_TIMEOUT = Duration.ofMillis(500);

    private final Kit kit;

    SimulatedStage(Kit kit) {
        this.kit = kit;
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
        bus.bus().subscribe(Sample.Placed.class, recording.around(new Work()));
        return new LocalMember(bus);
    }

    @Override
    public BusUnderTest publisher(String topic) {
        return kit.bus(topic, builder -> builder.publishTimeout(PUBLISH_TIMEOUT))
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

    /** By the clock, a busy machine would publish next to nothing in so short a time. */
    @Override
    public Pace pace(Load load, Setting setting) {
        return Pace.ofLoad(load, setting);
    }

    private record LocalMember(BusUnderTest bus) implements Member {

        @Override
        public String instance() {
            return bus.instance();
        }

        @Override
        public Network network() {
            return new Cued(bus.faults());
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
