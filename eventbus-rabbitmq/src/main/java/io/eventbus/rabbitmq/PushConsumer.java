package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts what the broker pushes to where it is fetched. Called on a thread of the client, which it never keeps waiting. */
final class PushConsumer extends DefaultConsumer {

    /** For a thread of the client to hand over what has come. */
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

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
     * Cancels the consumer and waits until all that the broker had sent before has been put there: the client has the broker's
     * answer before its own thread has handed over what came ahead of it. Only for a thread that is not the client's.
     *
     * @param consumerTag what the broker knows this consumer by
     * @throws IOException if the broker or the client's thread does not do it in time, or the wait is interrupted
     */
    void cancel(String consumerTag) throws IOException {
        getChannel().basicCancel(consumerTag);
        try {
            if (!ended.await(HAND_OVER.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketTimeoutException(
                        "the client did not hand over all within " + HAND_OVER.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
