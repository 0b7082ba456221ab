package io.eventbus.brokers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Keeps a broker for another program. Starts the one that the argument names, {@code rabbitmq}, {@code redis} or
 * {@code kafka}, prints a line with {@value #READY} and its URL, and a line that describes it. When standard input ends,
 * as it does when that other program is gone, it ends the broker and itself. If the broker cannot be had, it prints why
 * and ends with status 1.
 */
public final class BrokerMain {
    /** What the line with the URL begins with. */
    public static final String READY = "ready ";

    private BrokerMain() {}

    /**
     * The program.
     *
     * @param arguments the product
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        try (Broker broker = launch(arguments[0])) {
            out.println(READY + broker.url());
            out.println(broker);
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (BrokerException e) {
            out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Broker launch(String product) {
        return switch (product) {
            case "rabbitmq" -> RabbitMqBroker.launch();
            case "redis" -> RedisBroker.launch();
            case "kafka" -> KafkaBroker.launch();
            default -> throw new BrokerException("No such product: " + product);
        };
    }
}
