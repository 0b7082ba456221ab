package io.eventbus.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;
import java.util.Map;

/**
 * Waits until a quorum queue has every ack of a channel. RabbitMQ itself does not: while more than 32 acks are on their way
 * from a channel to the queue, further ones wait in the channel, and are lost if it ends (seen with 3.10).
 *
 * <p>There is no call for it, so this uses what the queue answers after everything that it was sent before: a consumer
 * that joins. It has no credit and so takes no messages; on a broker that does not know credit it takes one, which goes
 * back when the channel ends. Cancelling the consumer that exists would answer the same, but then messages on their way to
 * it would go back before those that it holds.
 */
final class AckBarrier {

    private static final Map<String, Object> NO_CREDIT = Map.of("x-credit", Map.of("credit", 0L, "drain", false));

    private AckBarrier() {}

    /** Only for a channel that ends right after it. */
    static void await(Channel channel, String queue) throws IOException {
        channel.basicQos(1);
        channel.basicConsume(queue, false, NO_CREDIT, new DefaultConsumer(channel));
        channel.queueDeclarePassive(queue); // a quorum queue lets the broker answer for it before it has the consumer
    }
}
