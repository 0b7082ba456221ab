package io.eventbus.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.eventbus.rabbitmq.SettledTags.Settlement;
import io.eventbus.rabbitmq.SettledTags.Settlement.Ack;
import io.eventbus.rabbitmq.SettledTags.Settlement.Requeue;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Group;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one queue on one channel. Once the session has begun ({@link Entrance}) the broker pushes up to the prefetch;
 * everything that goes to the broker is sent by the thread that polls.
 */
final class RabbitReceiver implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitReceiver.class);

    /** How often the bindings are asserted: a deleted exchange or queue takes them with it, and nobody tells. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String OVER = "the session is over";

    private final Connection connection;
    private final Channel channel;
    private final Group group;
    private final String exchange;
    private final String queue;
    private final RabbitTopology topology;
    private final AmqpErrors errors;
    private final Arrivals arrivals = new Arrivals();
    private final SettledTags tags = new SettledTags();
    private final Entrance entrance;
    private final boolean quorum;
    private final boolean shared;
    private final Set<RoutingPattern> patterns;
    private long nextLook = System.nanoTime() + LOOK_NANOS;
    private boolean draining;
    private boolean acked;

    /** Returns when the broker has the queue and its bindings; what is polled for comes from then on. */
    RabbitReceiver(Connection connection, ReceiverSpec spec, RabbitTopology topology, AmqpErrors errors)
            throws IOException {
        this.connection = connection;
        this.group = spec.group();
        this.exchange = RabbitNames.exchange(group.topic());
        this.queue = RabbitNames.queue(group);
        this.topology = topology;
        this.patterns = new HashSet<>(spec.patterns());
        this.errors = errors;
        this.channel = connection.createChannel();
        topology.declareGroup(channel, spec);
        channel.addShutdownListener(signal -> arrivals.end(errors.ended(OVER, Outcome.UNKNOWN, signal)));
        this.shared = !spec.ephemeral();
        this.quorum = shared && topology.countsDeliveries();
        this.entrance = new Entrance(
                channel, queue, spec, quorum, new PushConsumer(channel, exchange, tags, arrivals, this::cancelled));
        if (spec.ephemeral()) {
            entrance.push();
        }
    }

    /**
     * What was released waits for a poll that asks for messages, since it may come back at once: to a receiver that is about
     * to drain or to close it would come behind what that receiver has already.
     */
    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        int room = draining ? 0 : maxMessages;
        look();
        send(room > 0 || givesBackNow() ? tags.take() : tags.takeAccepted());
        RabbitDelivery first = enter(room);
        if (first != null) {
            return List.of(first);
        }
        List<RabbitDelivery> deliveries = arrivals.take(
                room, entrance.bound(timeout.toNanos()), room > 0 ? tags::isWaiting : tags::isAcceptedWaiting);
        send(tags.takeAccepted());
        return Collections.unmodifiableList(deliveries);
    }

    private @Nullable RabbitDelivery enter(int room) {
        try {
            return draining ? null : entrance.advance(room, tags.isAnyHeld());
        } catch (AlreadyClosedException | IOException e) {
            arrivals.end(errors.ended(OVER, Outcome.UNKNOWN, e));
            return null;
        }
    }

    @Override
    public void wakeup() {
        arrivals.wake();
    }

    @Override
    public void bind(RoutingPattern pattern) {
        try {
            topology.bind(channel, group, pattern);
            patterns.add(pattern);
        } catch (AlreadyClosedException | IOException | IllegalArgumentException e) {
            throw errors.failed("cannot bind " + pattern.text() + " to queue " + queue, e);
        }
    }

    /**
     * A classic queue takes messages back at their old places. A quorum queue does not: it would hand those that are on
     * their way when the consumer ends to the next one before any that is given back. So it gets everything back when the
     * session ends, which keeps the order, but lets other members wait for the handlers that run.
     *
     * <p>A classic queue gets it with the next poll, behind what was handed over before and is released by then.
     */
    @Override
    public void drain() {
        draining = true;
        try {
            if (givesBackNow()) {
                entrance.shut();
                arrivals.takeAll().forEach(RabbitDelivery::release);
            }
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended(OVER, Outcome.UNKNOWN, e);
        }
    }

    /** Ending the connection gives back in order what is unsettled or released. */
    @Override
    public void close() {
        arrivals.end(errors.failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, OVER, "it was closed"));
        try {
            send(tags.takeAccepted());
            if (quorum && acked) {
                AckBarrier.await(channel, queue);
            }
        } catch (TransportException | AlreadyClosedException | IOException e) {
            LOG.debug("the last acks to queue {} may be lost; their messages come again then", queue, e);
        }
        Connector.close(connection);
    }

    /**
     * Where an exchange or the queue for dead letters is gone, this ends the session, and the next one makes them; where
     * somebody has made them again, they get their bindings.
     */
    private void look() {
        long now = System.nanoTime();
        if (draining || now - nextLook < 0) {
            return;
        }
        nextLook = now + LOOK_NANOS;
        try {
            for (RoutingPattern pattern : patterns) {
                topology.assertBound(channel, group, pattern);
            }
            if (shared) {
                topology.assertDeadLettersBound(channel, group);
            }
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended(OVER, Outcome.UNKNOWN, e);
        }
    }

    private boolean givesBackNow() {
        return draining && shared && !quorum;
    }

    private void send(List<Settlement> settlements) {
        try {
            for (Settlement settlement : settlements) {
                send(settlement);
            }
        } catch (AlreadyClosedException | IOException e) {
            throw errors.ended(OVER, Outcome.UNKNOWN, e);
        }
    }

    private void send(Settlement settlement) throws IOException {
        if (settlement instanceof Ack ack) {
            channel.basicAck(ack.tag(), ack.multiple());
            acked = true;
        } else if (settlement instanceof Requeue requeue) {
            channel.basicNack(requeue.tag(), false, true);
        }
    }

    private void cancelled() {
        arrivals.end(errors.failure(
                Kind.UNAVAILABLE,
                Outcome.UNKNOWN,
                OVER,
                "the broker cancelled the consumer; was the queue " + queue + " deleted?"));
    }
}
