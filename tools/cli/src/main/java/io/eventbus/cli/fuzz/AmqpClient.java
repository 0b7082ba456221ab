package io.eventbus.cli.fuzz;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The Java client of RabbitMQ. */
final class AmqpClient implements ForeignClient {
    private static final long CONFIRM_MILLIS = 60_000;

    private final String exchange;
    private final Connection connection;
    private final Channel channel;

    AmqpClient(URI url, String topic) throws IOException {
        this.exchange = topic;
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(url);
            connection = factory.newConnection("eventbus-fuzz");
        } catch (GeneralSecurityException | TimeoutException e) {
            throw new IOException("cannot connect to RabbitMQ", e);
        }
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    @Override
    public WireFormat wireFormat() {
        return WireFormat.RABBITMQ;
    }

    /** A table has each name once: of several headers with one name the last is sent. */
    @Override
    public void send(Malformed one) throws IOException {
        Map<String, @Nullable Object> headers = new HashMap<>();
        one.attributes().forEach((name, value) -> headers.put(wireFormat().header(name), text(value)));
        one.headers().forEach(header -> headers.put(header.name(), anything(header.value())));
        BasicProperties properties = new BasicProperties.Builder()
                .contentType(contentType(one).orElse(null))
                .headers(headers)
                .build();
        channel.basicPublish(exchange, "", properties, one.body());
    }

    @Override
    public void flush() throws IOException {
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for RabbitMQ");
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not confirm", e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** The content type that a message is sent with. */
    static Optional<String> contentType(Malformed one) {
        return one.attributes().isEmpty() ? Optional.empty() : Optional.of("application/json");
    }

    /** A value as it is sent: of each type that a header can have. */
    static @Nullable Object anything(byte[] value) {
        return switch (value.length % 6) {
            case 0 -> null;
            case 1 -> value;
            case 2 -> Arrays.hashCode(value);
            case 3 -> List.of(text(value), value, value.length);
            case 4 -> Map.of("nested", value);
            default -> text(value);
        };
    }

    private static Object text(byte[] value) {
        return LongStringHelper.asLongString(value);
    }
}
