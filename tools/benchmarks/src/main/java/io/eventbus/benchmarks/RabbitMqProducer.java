package io.eventbus.benchmarks;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Publishes to a queue by its name, with a window of confirms. */
final class RabbitMqProducer implements Producer {
    private static final int WINDOW = 1000;

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final int size;
    private final InFlight inFlight = new InFlight(WINDOW);
    private final ConcurrentSkipListSet<Long> unconfirmed = new ConcurrentSkipListSet<>();

    RabbitMqProducer(Connection connection, String queue, int size) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        this.queue = queue;
        this.size = size;
        channel.confirmSelect();
        channel.addConfirmListener(this::confirmed, this::refused);
    }

    @Override
    public void send(long time) throws IOException {
        inFlight.begin();
        unconfirmed.add(channel.getNextPublishSeqNo());
        channel.basicPublish("", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, Body.of(time, size));
    }

    @Override
    public void flush() throws IOException {
        inFlight.awaitNone();
    }

    @Override
    public void publish(long time) throws IOException {
        send(time);
        flush();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void confirmed(long number, boolean allBefore) {
        if (allBefore) {
            SortedSet<Long> confirmed = unconfirmed.headSet(number, true);
            int count = confirmed.size();
            confirmed.clear();
            inFlight.end(count);
        } else if (unconfirmed.remove(number)) {
            inFlight.end(1);
        }
    }

    private void refused(long number, boolean allBefore) {
        inFlight.end(new IOException("RabbitMQ refused message " + number));
    }
}
