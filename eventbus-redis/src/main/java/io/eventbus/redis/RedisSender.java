package io.eventbus.redis;

import io.eventbus.redis.Outbox.Address;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Destination.DeadLetters;
import io.eventbus.spi.Destination.Inbox;
import io.eventbus.spi.Destination.Topic;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Gathers messages and sends them at the flush, all publishers' together. It has one connection; in a cluster, one for
 * each node that has a topic which is sent to.
 */
final class RedisSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSender.class);

    private final RedisTransport transport;
    private final RedisNames names;
    private final RedisErrors errors;
    private final List<Outbox> outboxes = new ArrayList<>();
    private final Map<String, Outbox> byStream = new HashMap<>();
    private @Nullable Throwable end;

    RedisSender(RedisLink link, RedisTransport transport, RedisNames names, RedisErrors errors) {
        this.transport = transport;
        this.names = names;
        this.errors = errors;
        outboxes.add(transport.outbox(link));
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        try {
            requireOpen();
            Address address = address(destination);
            Outbox outbox = outbox(address.stream());
            CompletionStage<Void> sent = outbox.add(address, message);
            if (outbox.isFull()) {
                sendFull(outbox);
            }
            return sent;
        } catch (TransportException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void flush() {
        requireOpen();
        outboxes.forEach(this::send);
    }

    @Override
    public void close() {
        end = end == null ? new IOException("it was closed") : end;
        for (Outbox outbox : outboxes) {
            outbox.abandon(end);
            outbox.link().close();
        }
    }

    /** What was sent has been told how that ended; the next send and the flush tell that the session has. */
    private void sendFull(Outbox outbox) {
        try {
            send(outbox);
        } catch (TransportException e) {
            LOG.debug("a burst ended the session", e);
        }
    }

    private void send(Outbox outbox) {
        try {
            outbox.send();
        } catch (TransportException e) {
            end = e;
            throw e;
        }
    }

    private Address address(Destination destination) {
        if (destination instanceof Topic topic) {
            String stream = names.stream(topic.name());
            return new Address(stream, stream, null);
        }
        if (destination instanceof Inbox inbox) {
            String stream = names.stream(inbox.group().topic());
            return new Address(stream, stream, inbox.group().name());
        }
        DeadLetters dead = (DeadLetters) destination;
        return new Address(
                names.stream(dead.group().topic()),
                names.deadLetters(dead.group()),
                dead.group().name());
    }

    /** The first send to a topic finds out which node has it. */
    private Outbox outbox(String stream) {
        Outbox known = byStream.get(stream);
        if (known != null) {
            return known;
        }
        Outbox found = route(stream);
        byStream.put(stream, found);
        return found;
    }

    private Outbox route(String stream) {
        Outbox first = outboxes.get(0);
        send(first); // its answers come before that to our question
        try {
            RedisLink link = transport.route(first.link(), stream);
            return outboxes.stream()
                    .filter(outbox -> outbox.link().equals(link))
                    .findFirst()
                    .orElseGet(() -> added(transport.outbox(link)));
        } catch (IOException | JedisException e) {
            TransportException failure = errors.failed("cannot send to " + stream, e);
            boolean refused = e instanceof JedisDataException && failure.kind() != Kind.UNAVAILABLE;
            end = refused ? null : failure;
            throw refused ? failure : errors.ended("cannot send to " + stream, Outcome.NOT_ACCEPTED, e);
        }
    }

    private Outbox added(Outbox outbox) {
        outboxes.add(outbox);
        return outbox;
    }

    private void requireOpen() {
        if (end != null) {
            throw errors.failure(
                    Kind.UNAVAILABLE,
                    Outcome.NOT_ACCEPTED,
                    "cannot send: the session is over",
                    String.valueOf(end.getMessage()));
        }
    }
}
