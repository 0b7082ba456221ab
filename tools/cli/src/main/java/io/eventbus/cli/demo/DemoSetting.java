package io.eventbus.cli.demo;

import io.eventbus.ConfigurationException;
import io.eventbus.cli.CommandBus;
import io.eventbus.cli.CommandFailedException;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where a demo runs.
 *
 * @param url the broker
 * @param runId random: keeps this run's topics apart from those of all others
 * @param out where to print
 */
record DemoSetting(String url, String runId, PrintWriter out) {
    private static final long PATIENCE_SECONDS = 30;

    static DemoSetting of(String url, PrintWriter out) {
        return new DemoSetting(url, UUID.randomUUID().toString().substring(0, 8), out);
    }

    /**
     * Connects to nothing.
     *
     * @throws ConfigurationException if no bus can be made with the URL
     */
    void check() {
        CommandBus.builder().url(url).topic(topic("demo")).build();
    }

    /** The topic of that name, this run's own. */
    String topic(String name) {
        return "eventbus-" + name + "-" + runId;
    }

    void say(String line) {
        out.println(line);
    }

    /** Waits for events that have to arrive. */
    void await(CountDownLatch arrived) throws InterruptedException {
        if (!arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new CommandFailedException(
                    arrived.getCount() + " events did not arrive within " + PATIENCE_SECONDS + " s");
        }
    }
}
