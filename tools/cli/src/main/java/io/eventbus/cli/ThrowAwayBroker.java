package io.eventbus.cli;

import io.eventbus.tck.net.ProxyPlaces.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final String DONE = "done";

    private final Process keeper;
    private final BufferedReader output;
    private final String url;
    private final String description;
    private final List<Place> listeners;

    private ThrowAwayBroker(Process keeper, BufferedReader output, String url, int listeners) throws IOException {
        this.keeper = keeper;
        this.output = output;
        this.url = url;
        this.description = String.valueOf(output.readLine());
        List<Place> all = new ArrayList<>();
        for (int i = 0; i < listeners; i++) {
            String[] ports = String.valueOf(output.readLine()).split(" ", 2);
            all.add(new Place(Integer.parseInt(ports[1]), Integer.parseInt(ports[0])));
        }
        this.listeners = List.copyOf(all);
    }

    /**
     * Returns when the broker is usable.
     *
     * @throws CommandFailedException if it cannot be had; the message says why and what to do
     */
    static ThrowAwayBroker start(BrokerProduct product) throws IOException {
        return start(product, 0, List.of());
    }

    /**
     * The same, with listeners for clients behind proxies, of which only a Kafka has any, and further arguments, of which only a
     * Redis takes any.
     *
     * @throws CommandFailedException if it cannot be had; the message says why and what to do
     */
    static ThrowAwayBroker start(BrokerProduct product, int listeners, List<String> arguments) throws IOException {
        int asked = product == BrokerProduct.KAFKA ? listeners : 0;
        Process keeper = new ProcessBuilder(command(product, asked, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = keeper.inputReader();
        String first = String.valueOf(output.readLine());
        if (first.startsWith(READY)) {
            return new ThrowAwayBroker(keeper, output, first.substring(READY.length()), asked);
        }
        throw new CommandFailedException(
                "no " + product + ": " + first + "\n" + output.lines().collect(Collectors.joining("\n")));
    }

    private static List<String> command(BrokerProduct product, int listeners, List<String> arguments) {
        String classPath = System.getProperty(CLASS_PATH, System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                KEEPER,
                product.toString(),
                Integer.toString(listeners)));
        command.addAll(arguments);
        return command;
    }

    /** {@return its listeners for clients behind proxies; empty unless it was started with them} */
    List<Place> listeners() {
        return listeners;
    }

    /**
     * Does something to the broker, and returns when that is done: {@code kill}, {@code start}, {@code freeze}, {@code thaw}.
     *
     * @throws CommandFailedException if it cannot be done; the message says why
     */
    synchronized void control(String what) {
        try {
            keeper.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
            keeper.getOutputStream().flush();
            String answer = String.valueOf(output.readLine());
            if (!answer.equals(DONE)) {
                throw new CommandFailedException("the broker does not " + what + ": " + answer);
            }
        } catch (IOException e) {
            throw new CommandFailedException("the broker does not " + what + ": " + e.getMessage());
        }
    }

    String url() {
        return url;
    }

    /** What it is and where, without secrets. */
    String description() {
        return description;
    }

    /** Ends the broker, and returns when it is gone; Ctrl-C may have ended it before. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
        keeper.onExit().join();
    }
}
