package io.eventbus.brokers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits until a broker that is starting serves its clients. */
final class Startup {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PROBE_MILLIS = 20;
    private static final int LOG_LINES = 40;

    /** Something that a client does with a broker; it throws while the broker cannot serve. */
    interface Probe {
        void use() throws IOException;
    }

    private Startup() {}

    /**
     * Returns when the probe succeeds.
     *
     * @param name the broker's name in messages
     * @param alive whether the broker is still running
     * @param log all that the broker has logged
     * @param probe what a client does
     * @throws BrokerException if the broker ends before or takes too long; the message has the end of its log
     */
    static void await(String name, BooleanSupplier alive, Supplier<String> log, Probe probe) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        IOException refused = attempt(probe);
        while (refused != null || !alive.getAsBoolean()) {
            if (!alive.getAsBoolean()) {
                throw failure(name + " ended while starting", log, refused);
            }
            if (System.nanoTime() > deadline) {
                throw failure(name + " was not usable after " + LIMIT.toSeconds() + " s", log, refused);
            }
            pause();
            refused = attempt(probe);
        }
    }

    private static @Nullable IOException attempt(Probe probe) {
        try {
            probe.use();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PROBE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while waiting for a broker to start", e);
        }
    }

    private static BrokerException failure(String what, Supplier<String> log, @Nullable IOException refused) {
        List<String> lines = log.get().lines().toList();
        List<String> end = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
        return new BrokerException(what + ". The end of its log:\n" + String.join("\n", end), refused);
    }
}
