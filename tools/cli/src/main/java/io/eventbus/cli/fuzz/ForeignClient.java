package io.eventbus.cli.fuzz;

import io.eventbus.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Sends to a topic by the broker's own client, past the bus. Used by one thread. */
interface ForeignClient extends AutoCloseable {

    /**
     * Connects.
     *
     * @param url the broker's, as the bus takes it
     * @param topic the bus's name of an existing topic, of letters, digits and hyphens
     * @throws ConfigurationException if there is no such client for the URL
     */
    static ForeignClient connect(String url, String topic) throws IOException {
        String scheme = url.substring(0, url.indexOf(':'));
        return switch (scheme) {
            case "amqp", "amqps" -> new AmqpClient(URI.create(url), topic);
            case "redis", "rediss" -> new RedisClient(URI.create(url), topic);
            case "kafka" -> new KafkaClient(URI.create(url), topic);
            default ->
                throw new ConfigurationException(List.of("nothing but the bus reaches a broker of the scheme " + scheme
                        + "; give a URL that begins with amqp, redis or kafka"));
        };
    }

    /** {@return how the bus reads what this sends} */
    WireFormat wireFormat();

    /** Sends, perhaps later. */
    void send(Malformed one) throws IOException;

    /** Returns when the broker has all that was sent. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
