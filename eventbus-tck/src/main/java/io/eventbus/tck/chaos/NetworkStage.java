package io.eventbus.tck.chaos;

import io.eventbus.spi.Group;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Kit;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.jvm.MemberJvm;
import io.eventbus.tck.jvm.MemberProgram;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/** A broker in the network: members are JVMs, and there is a proxy before each bus. */
final class NetworkStage implements Stage {

    private static final Duration START = Duration.ofSeconds(90);

    /**
     * A fault lasts until it is healed, heartbeats and time-outs included; then connections are there or not. What is left is an
     * acknowledgement on its way, and a thread that has to be woken: milliseconds, and a second on a busy machine.
     */
    private static final Duration REACH = Duration.ofSeconds(3);

    private final Kit kit;
    private final boolean ordered;

    /** @param ordered whether the order of a key is to hold across members */
    NetworkStage(Kit kit, boolean ordered) {
        this.kit = kit;
        this.ordered = ordered;
    }

    @Override
    public Set<Trouble> troubles() {
        Set<Trouble> troubles = EnumSet.allOf(Trouble.class);
        if (broker().isEmpty()) {
            troubles.remove(Trouble.KILL_BROKER);
        }
        if (broker().flatMap(BrokerControl::pause).isEmpty()) {
            troubles.remove(Trouble.FREEZE_BROKER);
        }
        return troubles;
    }

    @Override
    public Optional<BrokerControl> broker() {
        return kit.environment().control();
    }

    @Override
    public Member enter(Group group, Chronicle chronicle) {
        Environment environment = kit.environment();
        TcpProxy proxy = kit.closing(environment.proxy());
        MemberJvm.Start start = new MemberJvm.Start(
                group,
                environment.url(proxy.host(), proxy.port()),
                chronicle.origin(),
                new MemberProgram.Settings(ordered, 0),
                chronicle.shared());
        return new JvmMember(MemberJvm.start(kit, start), proxy);
    }

    @Override
    public BusUnderTest publisher(String topic) {
        return kit.publisher(topic);
    }

    @Override
    public Network network(BusUnderTest publisher) {
        return new Proxied(publisher.proxy().orElseThrow());
    }

    @Override
    public BusUnderTest inspector(Group group) {
        return kit.member(group.topic(), group.name()).start();
    }

    @Override
    public HistoryRecorder recorder(long origin) {
        return new HistoryRecorder(origin);
    }

    @Override
    public Duration reach() {
        return kit.timing().slack(REACH);
    }

    @Override
    public Pace pace(Load load, Setting setting) {
        return Pace.ofClock();
    }

    private record JvmMember(MemberJvm jvm, TcpProxy proxy) implements Member {

        @Override
        public String instance() {
            return jvm.instance();
        }

        @Override
        public Network network() {
            return new Proxied(proxy);
        }

        @Override
        public void awaitReady() {
            if (!jvm.isReadyWithin(START)) {
                throw new AssertionFailedError("a member was not ready within " + START + ": " + jvm.describe());
            }
        }

        @Override
        public void kill() {
            jvm.kill();
            proxy.close();
        }

        @Override
        public void leave() {
            jvm.leave();
            proxy.close();
        }

        @Override
        public List<HistoryRecord> readOn() {
            return jvm.readOn();
        }
    }

    private record Proxied(TcpProxy proxy) implements Network {

        @Override
        public void cut() {
            proxy.cut();
        }

        @Override
        public void silence() {
            proxy.silence();
        }

        @Override
        public void heal() {
            proxy.heal();
        }
    }
}
