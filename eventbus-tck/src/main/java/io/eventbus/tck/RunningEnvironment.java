package io.eventbus.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The broker of one harness, started for the first test that needs it and closed after the last of the run. */
final class RunningEnvironment implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(RunningEnvironment.class);

    private final TransportHarness harness;
    private final Environment environment;
    private final Latencies latencies = new Latencies();

    private RunningEnvironment(TransportHarness harness, Environment environment) {
        this.harness = harness;
        this.environment = environment;
    }

    static RunningEnvironment shared(TransportHarness harness) {
        try {
            return new RunningEnvironment(harness, harness.start());
        } catch (Exception e) {
            throw new EnvironmentException(harness, e);
        }
    }

    /** A broker of the same kind for one test alone. */
    RunningEnvironment alone() {
        try {
            return new RunningEnvironment(
                    harness,
                    harness.startAlone()
                            .orElseThrow(() -> new Inconclusive(
                                    "the harness of " + harness.transport() + " brings no broker that may be killed")));
        } catch (Inconclusive e) {
            throw e;
        } catch (Exception e) {
            throw new EnvironmentException(harness, e);
        }
    }

    static RunningEnvironment of(TransportHarness harness, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(harness.getClass(), key -> shared(harness), RunningEnvironment.class);
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
