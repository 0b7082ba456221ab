package io.eventbus.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.eventbus.spi.Group;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Declares exchanges, queues and bindings. Arguments of queues cannot change later, so that all that may ever be wanted
 * is there from the start: the way to the dead letters, and a delivery limit that is never reached, with which a quorum
 * queue takes messages back at their old place. When a message is given up is for the engine to say.
 */
record RabbitTopology(String queueType) {

    /** The largest prefetch that the protocol knows, besides none. */
    static final int MAX_PREFETCH = 65_535;

    private static final int NEVER = 1_000_000_000;
    private static final Map<String, Object> EPHEMERAL = Map.of("x-queue-type", RabbitTransportProvider.CLASSIC);

    boolean countsDeliveries() {
        return queueType.equals(RabbitTransportProvider.QUORUM);
    }

    void declareTopic(Channel channel, String topic) throws IOException {
        channel.exchangeDeclare(RabbitNames.exchange(topic), BuiltinExchangeType.TOPIC, true);
    }

    void declareDeadLetters(Channel channel, String topic) throws IOException {
        channel.exchangeDeclare(RabbitNames.deadLetterExchange(topic), BuiltinExchangeType.DIRECT, true);
    }

    void declareGroup(Channel channel, ReceiverSpec spec) throws IOException {
        Group group = spec.group();
        declareTopic(channel, group.topic());
        if (spec.ephemeral()) {
            channel.queueDeclare(RabbitNames.queue(group), false, true, true, EPHEMERAL);
        } else {
            declareDurable(channel, group);
        }
        for (RoutingPattern pattern : spec.patterns()) {
            bind(channel, group, pattern);
        }
    }

    void bind(Channel channel, Group group, RoutingPattern pattern) throws IOException {
        channel.queueBind(RabbitNames.queue(group), RabbitNames.exchange(group.topic()), pattern.text());
    }

    /** Sends a binding without waiting for the answer: one that fails ends the channel. */
    void assertBound(Channel channel, Group group, RoutingPattern pattern) throws IOException {
        channel.queueBindNoWait(
                RabbitNames.queue(group), RabbitNames.exchange(group.topic()), pattern.text(), Map.of());
    }

    /** The same for the way to the dead letters of a durable group. */
    void assertDeadLettersBound(Channel channel, Group group) throws IOException {
        channel.queueBindNoWait(
                RabbitNames.deadLetterQueue(group),
                RabbitNames.deadLetterExchange(group.topic()),
                RabbitNames.queue(group),
                Map.of());
    }

    private void declareDurable(Channel channel, Group group) throws IOException {
        String queue = RabbitNames.queue(group);
        String deadLetterExchange = RabbitNames.deadLetterExchange(group.topic());
        String deadLetterQueue = RabbitNames.deadLetterQueue(group);
        declareDeadLetters(channel, group.topic());
        channel.queueDeclare(deadLetterQueue, true, false, false, arguments());
        channel.queueBind(deadLetterQueue, deadLetterExchange, queue);
        Map<String, Object> arguments = arguments();
        arguments.put("x-dead-letter-exchange", deadLetterExchange);
        arguments.put("x-dead-letter-routing-key", queue);
        channel.queueDeclare(queue, true, false, false, arguments);
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-queue-type", queueType);
        if (countsDeliveries()) {
            arguments.put("x-delivery-limit", NEVER);
        }
        return arguments;
    }
}
