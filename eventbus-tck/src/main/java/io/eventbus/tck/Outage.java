package io.eventbus.tck;

import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.net.TcpProxy;
import java.util.List;

/**
 * Breaks the network of some buses of a scenario, and writes that into the history. Not thread-safe: one thread breaks and
 * mends.
 */
public final class Outage {

    private static final String PROBE = "after the outage";

    private final Kit kit;
    private final Scenario scenario;
    private final List<BusUnderTest> buses;
    private int probes;

    private Outage(Kit kit, Scenario scenario, List<BusUnderTest> buses) {
        this.kit = kit;
        this.scenario = scenario;
        this.buses = buses;
    }

    /**
     * Chooses whose network is to be broken. Nothing is broken yet.
     *
     * @param kit the test's kit
     * @param scenario whose history tells of it
     * @param buses the buses, started
     * @return their outage
     * @throws NotApplicable if the transport has no network
     */
    public static Outage of(Kit kit, Scenario scenario, BusUnderTest... buses) {
        List<BusUnderTest> all = List.of(buses);
        all.forEach(BusUnderTest::network);
        return new Outage(kit, scenario, all);
    }

    /** Resets all connections, and those that are made from now on. */
    public void cut() {
        scenario.recorder().fault(Op.CUT, "connections are cut");
        buses.forEach(bus -> bus.network().cut());
    }

    /** Lets nothing more through and closes nothing. */
    public void silence() {
        scenario.recorder().fault(Op.SILENCE, "connections are silent");
        buses.forEach(bus -> bus.network().silence());
    }

    /** Lets everything through again. */
    public void heal() {
        buses.forEach(bus -> bus.network().heal());
        scenario.recorder().fault(Op.HEAL, "connections work again");
    }

    /** Resets all connections once, and lets new ones through. */
    public void blink() {
        cut();
        heal();
    }

    /** {@return how many connections the buses have opened, those that were reset at once included} */
    public long connects() {
        return buses.stream()
                .map(BusUnderTest::network)
                .map(TcpProxy::traffic)
                .mapToLong(traffic -> traffic.accepted())
                .sum();
    }

    /**
     * Lets the outage explain what is handled again, also where a bus noticed late that its connections were lost.
     *
     * @param checker what the history is checked with
     * @return a checker that knows how late
     */
    public HistoryChecker explaining(HistoryChecker checker) {
        return checker.withFaultReach(kit.timing().slack(kit.environment().detectionTime()));
    }

    /** Waits until each bus works again by itself: its health is up, and what it publishes is accepted. */
    public void awaitRecovery() {
        for (BusUnderTest bus : buses) {
            kit.await().until("an accepted publish of " + bus.instance() + " after the outage", () -> works(bus));
        }
    }

    private boolean works(BusUnderTest bus) {
        if (bus.bus().health().status() != Health.Status.UP) {
            return false;
        }
        probes++;
        return scenario.publish(bus, Event.of(Sample.placed(PROBE, probes))) == Outcome.ACCEPTED;
    }
}
