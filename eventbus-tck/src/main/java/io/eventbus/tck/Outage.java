package io.eventbus.tck;

import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.net.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
        breaks(Op.CUT, "connections are cut", TcpProxy::cut);
    }

    /** Lets nothing more through and closes nothing. */
    public void silence() {
        breaks(Op.SILENCE, "connections are silent", TcpProxy::silence);
    }

    /** Lets nothing more come back, and closes nothing: what the buses send still arrives, and they do not know. */
    public void silenceAnswers() {
        breaks(Op.SILENCE, "no answer comes back", TcpProxy::silenceAnswers);
    }

    /** What is broken explains what becomes of these buses, and of no other. */
    private void breaks(Op op, String what, Consumer<TcpProxy> fault) {
        for (BusUnderTest bus : buses) {
            scenario.recorder().fault(op, bus.instance(), what);
            fault.accept(bus.network());
        }
    }

    /** Lets everything through again. */
    public void heal() {
        for (BusUnderTest bus : buses) {
            bus.network().heal();
            scenario.recorder().fault(Op.HEAL, bus.instance(), "connections work again");
        }
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

    /** Waits until each bus works again by itself: what it publishes is accepted, and its health is up. */
    public void awaitRecovery() {
        for (BusUnderTest bus : buses) {
            awaitAcceptance(bus);
            kit.await()
                    .until(
                            "health of " + bus.instance() + " after the outage",
                            () -> bus.bus().health().status() == Health.Status.UP);
        }
    }

    /** One probe after the other; what was sent into the outage may end badly. */
    private void awaitAcceptance(BusUnderTest bus) {
        List<CompletableFuture<Outcome>> tries = new ArrayList<>(List.of(probe(bus)));
        kit.await().until("an accepted publish of " + bus.instance() + " after the outage", () -> {
            CompletableFuture<Outcome> last = tries.get(tries.size() - 1);
            boolean accepted = last.isDone() && last.join() == Outcome.ACCEPTED;
            if (last.isDone() && !accepted) {
                tries.add(probe(bus));
            }
            return accepted;
        });
    }

    private CompletableFuture<Outcome> probe(BusUnderTest bus) {
        probes++;
        return scenario.publishAsync(bus, Event.of(Sample.placed(PROBE, probes)))
                .toCompletableFuture();
    }
}
