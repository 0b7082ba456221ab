package io.eventbus.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A broker that runs as long as this is open. A program of its own keeps it, with a class path of its own, and ends it
 * when this process ends, however that happens.
 */
final class ThrowAwayBroker implements AutoCloseable {
    /** The system property with the class path of the keeper; that of this process if it is not set. */
    private static final String CLASS_PATH = "eventbus.brokers";

    private static final String KEEPER = "io.eventbus.brokers.BrokerMain";
    private static final String READY = "ready ";

    private final Process keeper;
    private final String url;
    private final String description;

    private ThrowAwayBroker(Process keeper, String url, String description) {
        this.keeper = keeper;
        this.url = url;
        this.description = description;
    }

    /**
     * Returns when the broker is usable.
     *
     * @throws CommandFailedException if it cannot be had; the message says why and what to do
     */
    static ThrowAwayBroker start(BrokerProduct product) throws IOException {
        Process keeper = new ProcessBuilder(command(product))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = keeper.inputReader();
        String first = String.valueOf(output.readLine());
        if (first.startsWith(READY)) {
            return new ThrowAwayBroker(keeper, first.substring(READY.length()), String.valueOf(output.readLine()));
        }
        throw new CommandFailedException(
                "no " + product + ": " + first + "\n" + output.lines().collect(Collectors.joining("\n")));
    }

    private static List<String> command(BrokerProduct product) {
        String classPath = System.getProperty(CLASS_PATH, System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                KEEPER,
                product.toString());
    }

    String url() {
        return url;
    }

    /** What it is and where, without secrets. */
    String description() {
        return description;
    }

    /** Ends the broker, and returns when it is gone. */
    @Override
    public void close() throws IOException {
        keeper.getOutputStream().close();
        // Its output ends with it.
        keeper.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
