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
    public void send(Malformed one) throws IOException {
        Map<String, @Nullable Object> headers = new HashMap<>();
        one.attributes().forEach((name, value) -> headers.put("cloudEvents:" + name, text(value)));
        one.headers().forEach((name, value) -> headers.put(name, anything(value)));
        BasicProperties properties = new BasicProperties.Builder()
                .contentType(one.attributes().isEmpty() ? null : "application/json")
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

    /** Each type that a header can have. */
    private static @Nullable Object anything(byte[] value) {
        return switch (value.length % 6) {
            case 0 -> null;
            case 1 -> value;
            case 2 -> Arrays.hashCode(value);
            case 3 -> List.of(text(value), value.length);
            case 4 -> Map.of("nested", text(value));
            default -> text(value);
        };
    }

    private static Object text(byte[] value) {
        return LongStringHelper.asLongString(value);
    }
}
