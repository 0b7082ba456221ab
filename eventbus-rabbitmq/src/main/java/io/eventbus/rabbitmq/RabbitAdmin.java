package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.TransportAdmin;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Asks each question on a connection of its own.
 *
 * <p>AMQP tells how many messages of a queue are ready, not how many its consumers hold: the backlog is without those
 * that are at a member, and the number of dead letters without those that an open cursor has read. Of an ephemeral group
 * it tells nobody but the member that there is one.
 */
record RabbitAdmin(RabbitTransport transport, RabbitTopology topology, AmqpErrors errors) implements TransportAdmin {

    @Override
    public void ping() {
        transport.ask("cannot reach RabbitMQ", Connection::isOpen);
    }

    @Override
    public GroupInfo describe(Group group) {
        return transport.ask("cannot describe " + group, connection -> {
            String queue = RabbitNames.queue(group);
            Counts live = count(connection, queue);
            Counts dead = count(connection, RabbitNames.deadLetterQueue(group));
            return new GroupInfo(queue, live.ready(), live.consumers(), dead.ready());
        });
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        String queue = RabbitNames.deadLetterQueue(group);
        return transport.open(
                "cannot read the dead letters of " + group,
                connection -> new RabbitDeadLetterCursor(connection, queue, topology, errors));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        return transport.ask(
                "cannot purge the dead letters of " + group,
                connection -> purge(connection, RabbitNames.deadLetterQueue(group)));
    }

    private static long purge(Connection connection, String queue) throws IOException, TimeoutException {
        try (Channel channel = connection.createChannel()) {
            return channel.queuePurge(queue).getMessageCount();
        } catch (IOException e) {
            if (AmqpErrors.isNotFound(e)) {
                return 0;
            }
            throw e;
        }
    }

    /** A question about a queue that does not exist ends the channel it was asked on. */
    private static Counts count(Connection connection, String queue) throws IOException, TimeoutException {
        try (Channel channel = connection.createChannel()) {
            DeclareOk queueNow = channel.queueDeclarePassive(queue);
            return new Counts(queueNow.getMessageCount(), queueNow.getConsumerCount());
        } catch (IOException e) {
            if (AmqpErrors.isNotFound(e)) {
                return new Counts(0, 0);
            }
            if (AmqpErrors.isLocked(e)) {
                return new Counts(0, 1);
            }
            throw e;
        }
    }

    private record Counts(int ready, int consumers) {}
}
