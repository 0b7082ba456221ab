package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Destination.DeadLetters;
import io.eventbus.spi.Destination.Inbox;
import io.eventbus.spi.Destination.Topic;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on one channel and completes each send when the broker confirms it. The first send to an exchange waits for
 * the broker to declare it, on a channel of its own, whose failure ends that send and no other.
 */
final class RabbitSender implements Sender {

    private static final String DEFAULT_EXCHANGE = "";

    private final Connection connection;
    private final Channel channel;
    private final RabbitTopology topology;
    private final AmqpErrors errors;
    private final Confirms confirms;
    private final Set<String> declared = new HashSet<>();

    /** The number of the last message that was written: the broker counts them the same. */
    private long written;

    /** Why the broker reads nothing from this connection now; null if it does. */
    private volatile @Nullable String blocked;

    private volatile @Nullable Throwable end;

    RabbitSender(Connection connection, RabbitTopology topology, AmqpErrors errors) throws IOException {
        this.connection = connection;
        this.topology = topology;
        this.errors = errors;
        this.confirms = new Confirms(this::refused);
        connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        this.channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(confirms);
        channel.addReturnListener((code, text, exchange, queue, properties, body) ->
                confirms.fail(RabbitWire.sendNumber(properties), undeliverable(queue, text)));
        channel.addShutdownListener(this::end);
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        try {
            requireUnblocked();
            if (destination instanceof Topic topic) {
                return toTopic(topic.name(), message);
            }
            if (destination instanceof Inbox inbox) {
                return toQueue(DEFAULT_EXCHANGE, inbox.group(), message);
            }
            return toDeadLetters(((DeadLetters) destination).group(), message);
        } catch (TransportException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Each message was written when it was sent. */
    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    public void close() {
        end(new IOException("it was closed"));
        Connector.close(connection);
    }

    private CompletionStage<Void> toTopic(String topic, Message message) {
        String exchange = RabbitNames.exchange(topic);
        declare(exchange, fresh -> topology.declareTopic(fresh, topic));
        return publish(exchange, message.routingKey(), false, RabbitWire.toTopic(message), message.body());
    }

    private CompletionStage<Void> toDeadLetters(Group group, Message message) {
        String exchange = RabbitNames.deadLetterExchange(group.topic());
        declare(exchange, fresh -> topology.declareDeadLetters(fresh, group.topic()));
        return toQueue(exchange, group, message);
    }

    private CompletionStage<Void> toQueue(String exchange, Group group, Message message) {
        BasicProperties properties = RabbitWire.toQueue(message, written + 1);
        return publish(exchange, RabbitNames.queue(group), true, properties, message.body());
    }

    private CompletionStage<Void> publish(
            String exchange, String routingKey, boolean mandatory, BasicProperties properties, byte[] body) {
        requireOpen();
        long number = written + 1;
        CompletionStage<Void> sent = confirms.await(number);
        try {
            channel.basicPublish(exchange, routingKey, mandatory, properties, body);
            written = number;
        } catch (IllegalArgumentException e) { // headers that do not fit: nothing was written
            confirms.fail(number, errors.failed("cannot send to " + exchange, e));
        } catch (AlreadyClosedException e) { // nothing was written either
            confirms.fail(number, over(e));
        } catch (IOException e) {
            end(e);
        }
        return sent;
    }

    private void declare(String exchange, Declaration declaration) {
        if (declared.contains(exchange)) {
            return;
        }
        requireOpen();
        try (Channel fresh = connection.createChannel()) {
            declaration.declareOn(fresh);
            declared.add(exchange);
        } catch (AlreadyClosedException | IOException | TimeoutException e) {
            TransportException failure = errors.failed("cannot declare exchange " + exchange, e);
            if (failure.kind() == Kind.UNAVAILABLE) {
                end(e);
            }
            throw failure;
        }
    }

    private void requireOpen() {
        Throwable cause = end;
        if (cause != null) {
            throw over(cause);
        }
    }

    /** What were written now would wait in the socket, and its outcome be unknown. */
    private void requireUnblocked() {
        String reason = blocked;
        if (reason != null) {
            throw errors.failure(
                    Kind.FULL, Outcome.NOT_ACCEPTED, "cannot send", "RabbitMQ takes no messages now: " + reason);
        }
    }

    private void end(Throwable cause) {
        end = end == null ? cause : end;
        confirms.failAll(errors.ended("the broker did not confirm before the session ended", Outcome.UNKNOWN, cause));
    }

    private TransportException over(Throwable cause) {
        return errors.over("cannot send: the session is over", cause);
    }

    private TransportException refused() {
        return errors.failure(Kind.REJECTED, Outcome.UNKNOWN, "cannot send", "the broker refused the message");
    }

    private TransportException undeliverable(String queue, String reply) {
        return errors.failure(
                Kind.REJECTED,
                Outcome.NOT_ACCEPTED,
                "cannot send to queue " + queue,
                reply + ": the group does not exist, or keeps no dead letters");
    }

    /** What is done to a channel that may fail. */
    private interface Declaration {
        void declareOn(Channel fresh) throws IOException;
    }
}
