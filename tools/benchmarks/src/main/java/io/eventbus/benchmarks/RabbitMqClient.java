package io.eventbus.benchmarks;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** RabbitMQ's Java client: a quorum queue, persistent messages, publisher confirms, many acknowledged at once. */
final class RabbitMqClient implements RawClient {
    private final ConnectionFactory factory = new ConnectionFactory();

    RabbitMqClient(URI url) throws IOException {
        try {
            factory.setUri(url);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the URL of the broker", e);
        }
    }

    @Override
    public Consumer consume(String topic, LongConsumer handler) throws IOException {
        Connection connection = connect();
        Channel channel = connection.createChannel();
        channel.queueDeclare(topic, true, false, false, Map.of("x-queue-type", "quorum"));
        RabbitMqConsumer consumer = new RabbitMqConsumer(channel, handler);
        consumer.start(topic);
        return () -> {
            consumer.stop();
            connection.close();
        };
    }

    @Override
    public Producer produce(String topic, int size) throws IOException {
        return new RabbitMqProducer(connect(), topic, size);
    }

    /** The bus has an exchange of the topic's name, with queues for its group and for the group's dead letters. */
    @Override
    public void remove(String topic) throws IOException {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            for (String queue : new String[] {topic, topic + ".group", topic + ".group.dlq"}) {
                channel.queueDelete(queue);
            }
            channel.exchangeDelete(topic);
            channel.exchangeDelete(topic + "_dlq");
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer", e);
        }
    }

    @Override
    public void close() {
        // Each consumer and producer has a connection of its own.
    }

    private Connection connect() throws IOException {
        try {
            return factory.newConnection("eventbus-benchmarks");
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer", e);
        }
    }
}
