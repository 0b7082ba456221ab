package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.eventbus.spi.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts what the broker pushes to where it is fetched. Called on a thread of the client: it never waits. */
final class PushConsumer extends DefaultConsumer {

    private final String exchange;
    private final SettledTags tags;
    private final Arrivals arrivals;
    private final Runnable cancelled;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * A consumer.
     *
     * @param exchange the exchange whose routing keys are the messages' own
     * @param cancelled what to do when the broker ends the consumer, because its queue is gone
     */
    PushConsumer(Channel channel, String exchange, SettledTags tags, Arrivals arrivals, Runnable cancelled) {
        super(channel);
        this.exchange = exchange;
        this.tags = tags;
        this.arrivals = arrivals;
        this.cancelled = cancelled;
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
        arrivals.add(held(envelope, properties, body));
    }

    /** What came, on loan from now on. */
    RabbitDelivery held(Envelope envelope, BasicProperties properties, byte[] body) {
        boolean routed = envelope.getExchange().equals(exchange);
        Message message = RabbitWire.read(properties, body, routed ? envelope.getRoutingKey() : null);
        long tag = envelope.getDeliveryTag();
        tags.hold(tag);
        return new RabbitDelivery(message, RabbitWire.deliveryCount(envelope, properties), tag, tags, arrivals);
    }

    /** The client calls this behind all deliveries that came before the broker's answer. */
    @Override
    public void handleCancelOk(String consumerTag) {
        ended.countDown();
    }

    @Override
    public void handleCancel(String consumerTag) {
        cancelled.run();
    }

    /**
     * Waits, when the broker has confirmed that the consumer is cancelled, until all that it sent before has been put there: nothing
     * comes any more. Only the client's own thread is waited for.
     *
     * @return whether all has been put there in time
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
