package io.eventbus.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Gets dead letters one by one and keeps them unacknowledged, so that none comes twice in a pass. Two cursors at once see
 * disjoint parts; ending the connection gives back in order what was not removed.
 */
final class RabbitDeadLetterCursor implements DeadLetterCursor {

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final AmqpErrors errors;
    private final boolean exists;
    private final IdentityHashMap<Message, Long> tags = new IdentityHashMap<>();

    RabbitDeadLetterCursor(Connection connection, String queue, AmqpErrors errors) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        this.queue = queue;
        this.errors = errors;
        this.exists = exists();
    }

    @Override
    public List<Message> next(int max) {
        List<Message> messages = new ArrayList<>();
        try {
            while (exists && messages.size() < max) {
                GetResponse got = channel.basicGet(queue, false);
                if (got == null) {
                    break;
                }
                messages.add(read(got));
            }
            return messages;
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended("cannot read queue " + queue, Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void remove(Message deadLetter) {
        Long tag = tags.remove(deadLetter);
        if (tag == null) {
            throw new IllegalArgumentException(deadLetter + " is not from this pass, or was removed before");
        }
        try {
            channel.basicAck(tag, false);
            channel.queueDeclarePassive(queue); // an ack has no answer; the answer to this means that it arrived
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended("cannot remove " + deadLetter + " from queue " + queue, Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void close() {
        Connector.close(connection);
    }

    private Message read(GetResponse got) {
        Message message = RabbitWire.read(got.getProps(), got.getBody(), null);
        tags.put(message, got.getEnvelope().getDeliveryTag());
        return message;
    }

    private boolean exists() throws IOException {
        try {
            channel.queueDeclarePassive(queue);
            return true;
        } catch (IOException e) {
            if (AmqpErrors.isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }
}
