package io.eventbus.cli.fuzz;

import java.io.IOException;
import java.net.URI;

/** Sends to a topic by the broker's own client, past the bus. Used by one thread. */
interface ForeignClient extends AutoCloseable {

    /**
     * Connects.
     *
     * @param url the broker's, as the bus takes it
     * @param topic the bus's name of an existing topic, of letters, digits and hyphens
     */
    static ForeignClient connect(String url, String topic) throws IOException {
        URI to = URI.create(url);
        return switch (to.getScheme()) {
            case "amqp", "amqps" -> new AmqpClient(to, topic);
            case "redis", "rediss" -> new RedisClient(to, topic);
            case "kafka" -> new KafkaClient(to, topic);
            default -> throw new IllegalArgumentException("no foreign client for " + to.getScheme() + " URLs");
        };
    }

    /** Sends, perhaps later. */
    void send(Malformed one) throws IOException;

    /** Returns when the broker has all that was sent. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
