package io.eventbus.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The broker of one harness, started for the first test that needs it and closed after the last of the run. */
final class RunningEnvironment implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(RunningEnvironment.class);

    private final TransportHarness harness;
    private final Environment environment;
    private final Latencies latencies = new Latencies();

    private RunningEnvironment(TransportHarness harness) {
        this.harness = harness;
        try {
            this.environment = harness.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "no broker for the transport " + harness.transport() + ": " + e.getMessage(), e);
        }
    }

    static RunningEnvironment of(TransportHarness harness, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(harness.getClass(), key -> new RunningEnvironment(harness), RunningEnvironment.class);
    }

    TransportHarness harness() {
        return harness;
    }

    Environment environment() {
        return environment;
    }

    /** From publish to handler, as measured when the first quiet window was needed. */
    Latencies latencies() {
        return latencies;
    }

    @Override
    public void close() {
        environment.close();
    }
}
