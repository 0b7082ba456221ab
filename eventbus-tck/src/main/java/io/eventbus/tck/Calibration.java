package io.eventbus.tck;

import java.time.Duration;
import java.util.List;

/** Measures how long events take from publish to handler on the transport under test. */
final class Calibration {

    private static final int EVENTS = 100;

    private Calibration() {}

    /** Measured once a run, for the first test that needs it. */
    static Latencies of(Kit kit, Latencies latencies) {
        synchronized (latencies) {
            if (latencies.count() == 0) {
                measure(kit, latencies);
            }
        }
        return latencies;
    }

    private static void measure(Kit kit, Latencies latencies) {
        Collected<Long> arrivals = new Collected<>();
        BusUnderTest bus =
                kit.member(kit.name("calibration"), kit.name("group"), event -> arrivals.add(System.nanoTime()));
        for (int i = 1; i <= EVENTS; i++) {
            long published = System.nanoTime();
            bus.bus().publish(Sample.placed("calibration", i));
            List<Long> arrived = kit.await().count("event " + i + " of the calibration", arrivals, i);
            latencies.add(Duration.ofNanos(arrived.get(i - 1) - published));
        }
        bus.close();
    }
}
