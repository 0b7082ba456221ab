package io.eventbus.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters and keeps them unacknowledged, so that none comes twice in a pass; ending the connection gives back
 * what was not removed. Two cursors at once see disjoint parts.
 *
 * <p>They come in pages, each by a consumer of its own that is cancelled when it has them. To get them one by one would
 * cost some milliseconds each at a quorum queue, which would take them back in no order; so it takes back thirty pages in
 * order, and beyond these each page in order, but not the pages.
 */
final class RabbitDeadLetterCursor implements DeadLetterCursor {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitDeadLetterCursor.class);

    private static final int PAGE = 100;

    /** Other passes may have what the queue counts, so that it does not come. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final String NO_EXCHANGE = "";

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final RabbitTopology topology;
    private final AmqpErrors errors;
    private final boolean exists;
    private final SettledTags held = new SettledTags();
    private final Arrivals arrivals = new Arrivals();
    private final Queue<RabbitDelivery> page = new ArrayDeque<>();
    private final IdentityHashMap<Message, RabbitDelivery> read = new IdentityHashMap<>();
    private int pages;
    private boolean removed;

    RabbitDeadLetterCursor(Connection connection, String queue, RabbitTopology topology, AmqpErrors errors)
            throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        this.queue = queue;
        this.topology = topology;
        this.errors = errors;
        this.exists = exists();
    }

    @Override
    public List<Message> next(int max) {
        try {
            if (exists && page.isEmpty()) {
                fillPage(Math.max(max, PAGE));
            }
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended("cannot read queue " + queue, Outcome.UNKNOWN, e);
        }
        read.clear();
        List<Message> messages = new ArrayList<>();
        while (messages.size() < max && !page.isEmpty()) {
            RabbitDelivery delivery = page.remove();
            read.put(delivery.message(), delivery);
            messages.add(delivery.message());
        }
        return messages;
    }

    @Override
    public void remove(Message deadLetter) {
        RabbitDelivery delivery = read.remove(deadLetter);
        if (delivery == null) {
            throw new IllegalArgumentException(
                    deadLetter + " is not from the last part of this pass, or was removed before");
        }
        try {
            channel.basicAck(delivery.tag(), false);
            removed = true;
            channel.queueDeclarePassive(queue); // an ack has no answer; the answer to this means that it arrived
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended("cannot remove " + deadLetter + " from queue " + queue, Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void close() {
        try {
            if (removed && topology.countsDeliveries()) {
                AckBarrier.await(channel, queue);
            }
        } catch (AlreadyClosedException | IOException e) {
            LOG.debug("the last dead letters removed from {} may come again", queue, e);
        }
        Connector.close(connection);
    }

    private void fillPage(int limit) throws IOException {
        int ready = channel.queueDeclarePassive(queue).getMessageCount();
        if (ready > 0) {
            consume(Math.min(Math.min(limit, ready), RabbitTopology.MAX_PREFETCH));
        }
        if (page.isEmpty()) { // the count may be late; this asks the queue itself
            getOne();
        }
    }

    /** Fills the page by a consumer, with what there is of so many. */
    private void consume(int count) throws IOException {
        channel.basicQos(count);
        pages++;
        PushConsumer consumer = new PushConsumer(channel, NO_EXCHANGE, held, arrivals, () -> {});
        String tag = channel.basicConsume(queue, false, String.format("page-%05d", pages), consumer);
        while (page.size() < count && page.addAll(arrivals.take(count - page.size(), PATIENCE_NANOS, () -> false))) {}
        consumer.cancel(tag); // waits: a large one may be on its way for longer than the patience
        page.addAll(arrivals.takeAll());
    }

    private void getOne() throws IOException {
        GetResponse got = channel.basicGet(queue, false);
        if (got != null) {
            Message message = RabbitWire.read(got.getProps(), got.getBody(), null);
            page.add(new RabbitDelivery(message, 1, got.getEnvelope().getDeliveryTag(), held, arrivals));
        }
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
