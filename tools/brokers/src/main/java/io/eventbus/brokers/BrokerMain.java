package io.eventbus.brokers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps a broker for another program. Starts the one that the argument names, {@code rabbitmq}, {@code redis} or
 * {@code kafka}, prints a line with {@value #READY} and its URL, and a line that describes it. A second argument asks a Kafka
 * for so many listeners for clients behind proxies; it prints a line for each, with its port and the port that it advertises.
 * Further arguments are those of redis-server, for a Redis.
 *
 * <p>Each line of standard input is something to do: {@code kill}, {@code start}, {@code freeze}, {@code thaw}; it prints
 * {@value #DONE} when that is done, or why it cannot be. When standard input ends, as it does when that other program is gone, it
 * ends the broker and itself. If the broker cannot be had, it prints why and ends with status 1.
 */
public final class BrokerMain {
    /** What the line with the URL begins with. */
    public static final String READY = "ready ";

    /** What it prints when it has done what it was told. */
    public static final String DONE = "done";

    private BrokerMain() {}

    /**
     * The program.
     *
     * @param arguments the product, how many listeners, and those of redis-server
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        int listeners = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        try (Broker broker = launch(arguments[0], listeners, arguments)) {
            out.println(READY + broker.url());
            out.println(broker);
            if (broker instanceof KafkaBroker kafka) {
                kafka.listeners().forEach(one -> out.println(one.port() + " " + one.advertisedPort()));
            }
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                out.println(obey(broker, line));
            }
        } catch (BrokerException e) {
            out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String obey(Broker broker, String command) {
        try {
            switch (command) {
                case "kill" -> broker.kill();
                case "start" -> broker.start();
                case "freeze" -> broker.freeze();
                case "thaw" -> broker.thaw();
                default -> {
                    return "no such command: " + command;
                }
            }
            return DONE;
        } catch (BrokerException | IllegalStateException | UnsupportedOperationException e) {
            return String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private static Broker launch(String product, int listeners, String... arguments) {
        return switch (product) {
            case "rabbitmq" -> RabbitMqBroker.launch();
            case "redis" -> RedisBroker.launch(Arrays.stream(arguments).skip(2).toArray(String[]::new));
            case "kafka" ->
                listeners == 0
                        ? KafkaBroker.launch()
                        : KafkaBroker.launch(KafkaSettings.plain().proxied(listeners));
            default -> throw new BrokerException("No such product: " + product);
        };
    }
}
