package io.eventbus.benchmarks;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Counts what it gets, and acknowledges it by the hundreds. */
final class RabbitMqConsumer extends DefaultConsumer {
    private static final int PREFETCH = 500;
    private static final int ACKNOWLEDGED_AT_ONCE = 250;

    private final LongConsumer handler;
    private long last;
    private int unacknowledged;

    RabbitMqConsumer(Channel channel, LongConsumer handler) {
        super(channel);
        this.handler = handler;
    }

    void start(String queue) throws IOException {
        getChannel().basicQos(PREFETCH);
        getChannel().basicConsume(queue, this);
    }

    /** What it was sent meanwhile goes back. */
    void stop() throws IOException {
        getChannel().basicCancel(getConsumerTag());
        acknowledge();
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
            throws IOException {
        handler.accept(Body.time(body));
        if (received(envelope.getDeliveryTag()) == ACKNOWLEDGED_AT_ONCE) {
            acknowledge();
        }
    }

    private synchronized int received(long deliveryTag) {
        last = deliveryTag;
        return ++unacknowledged;
    }

    private synchronized void acknowledge() throws IOException {
        if (unacknowledged > 0) {
            getChannel().basicAck(last, true);
            unacknowledged = 0;
        }
    }
}
