package io.eventbus.redis;

import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What is to be sent by one connection: gathered, written in one go, and completed one by one as the answers come. */
final class Outbox {

    /** One burst: enough to make the way to Redis not matter, few enough that no answer waits for much. */
    private static final int MAX_COMMANDS = 500;

    private static final long MAX_BYTES = 1024 * 1024;

    private final RedisLink link;
    private final Trimming trimming;
    private final Duration limit;
    private final RedisErrors errors;
    private List<Waiting> waiting = new ArrayList<>();
    private long bytes;
    private long lastHeard = System.nanoTime();

    Outbox(RedisLink link, Trimming trimming, Duration limit, RedisErrors errors) {
        this.link = link;
        this.trimming = trimming;
        this.limit = limit;
        this.errors = errors;
    }

    RedisLink link() {
        return link;
    }

    CompletionStage<Void> add(Address address, Message message) {
        Waiting one = new Waiting(address, message, new CompletableFuture<>());
        waiting.add(one);
        bytes += message.body().length;
        return one.done();
    }

    /** Whether the burst is large enough to be sent. */
    boolean isFull() {
        return waiting.size() >= MAX_COMMANDS || bytes >= MAX_BYTES;
    }

    /**
     * Sends what is gathered and completes it; looks after the connection if there is nothing.
     *
     * @throws TransportException if the session is over
     */
    void send() {
        List<Waiting> burst = waiting;
        waiting = new ArrayList<>();
        bytes = 0;
        try {
            requireAlive(burst.isEmpty());
        } catch (JedisException e) {
            throw failAll(burst, Outcome.NOT_ACCEPTED, e);
        }
        if (!burst.isEmpty()) {
            write(admitted(burst));
        }
    }

    /** Nothing of it was written. */
    void abandon(Throwable cause) {
        failAll(waiting, Outcome.NOT_ACCEPTED, cause);
        waiting = new ArrayList<>();
    }

    /** A connection that has ended says so without being asked; one that is silent is asked now and then. */
    private void requireAlive(boolean idle) {
        if (link.isReadable()) {
            throw new JedisConnectionException(new IOException("the connection was lost"));
        }
        if (idle && System.nanoTime() - lastHeard > limit.toNanos() / 3) {
            link.ask(Request.of(Command.PING));
            lastHeard = System.nanoTime();
        }
    }

    /**
     * Without those for groups that do not exist, and those that do not fit into a bounded stream. When this node takes nothing
     * now, the session is over: the burst is to be sent again, and nothing may be sent before it.
     */
    private List<Waiting> admitted(List<Waiting> burst) {
        try {
            List<Waiting> addressed = withExistingGroups(burst);
            return trimming.admit(link, addressed, errors);
        } catch (JedisConnectionException e) {
            throw failAll(burst, Outcome.NOT_ACCEPTED, e);
        } catch (JedisDataException e) {
            TransportException failure = errors.failed("cannot send", e);
            burst.forEach(one -> one.fail(failure));
            if (failure.kind() == Kind.UNAVAILABLE) {
                throw failure;
            }
            return List.of();
        }
    }

    private List<Waiting> withExistingGroups(List<Waiting> burst) {
        Set<Address> missing = new HashSet<>();
        Set<Address> asked = new HashSet<>();
        for (Waiting one : burst) {
            Address address = one.address();
            if (address.group() != null && asked.add(address) && !exists(address)) {
                missing.add(address);
            }
        }
        burst.stream().filter(one -> missing.contains(one.address())).forEach(one -> one.fail(noGroup(one.address())));
        return burst.stream().filter(one -> !missing.contains(one.address())).toList();
    }

    private boolean exists(Address address) {
        String group = String.valueOf(address.group());
        return GroupState.of(link, address.stream(), group, Deadline.in(limit)).exists();
    }

    private void write(List<Waiting> burst) {
        int answered = 0;
        List<Refused> refused = new ArrayList<>();
        try {
            for (Waiting one : burst) {
                link.send(one.request(), Deadline.in(limit));
            }
            for (Waiting one : burst) {
                complete(one, refused);
                answered++;
            }
            lastHeard = System.nanoTime();
        } catch (JedisConnectionException e) {
            List<Waiting> unknown = burst.subList(answered, burst.size());
            unknown.forEach(one -> overtake(refused, one.address().key()));
            refused.forEach(Refused::fail);
            throw failAll(unknown, Outcome.UNKNOWN, e);
        }
        refused.forEach(Refused::fail);
        if (!refused.isEmpty()) {
            throw refused.get(0).failure();
        }
    }

    /**
     * An error of Redis is this message's alone: it was not stored. Some say that this node takes nothing now; such a message
     * waits, as it is to be sent again unless another overtakes it.
     */
    private void complete(Waiting one, List<Refused> refused) {
        try {
            link.receiveFromNow();
            overtake(refused, one.address().key());
            one.done().complete(null);
        } catch (JedisDataException e) {
            TransportException failure =
                    errors.failed("cannot send to " + one.address().key(), e);
            if (failure.kind() == Kind.UNAVAILABLE) {
                refused.add(new Refused(one, failure));
            } else {
                one.fail(failure);
            }
        }
    }

    /**
     * Something that was sent later to a stream is there, or may be: what was refused before must not come behind it. So it
     * fails in a way that nobody but its publisher sends it again.
     */
    private static void overtake(List<Refused> refused, String key) {
        List<Refused> overtaken = refused.stream()
                .filter(earlier -> earlier.one().address().key().equals(key))
                .toList();
        refused.removeAll(overtaken);
        overtaken.forEach(Refused::failForGood);
    }

    private TransportException failAll(List<Waiting> unsent, Outcome outcome, Throwable cause) {
        TransportException failure = errors.ended("cannot send: the session is over", outcome, cause);
        unsent.forEach(one -> one.fail(failure));
        return errors.ended("the session is over", Outcome.NOT_ACCEPTED, cause);
    }

    private TransportException noGroup(Address address) {
        return errors.failure(
                Kind.REJECTED,
                Outcome.NOT_ACCEPTED,
                "cannot send to " + address.key(),
                "the stream " + address.stream() + " has no group " + address.group());
    }

    /**
     * Where a message goes.
     *
     * @param stream the topic's stream
     * @param key the stream that it is added to
     * @param group the group that has to exist, or null
     */
    record Address(String stream, String key, @Nullable String group) {}

    /** A message whose sending is not complete. */
    record Waiting(Address address, Message message, CompletableFuture<Void> done) {

        void fail(TransportException failure) {
            done.completeExceptionally(failure);
        }

        private Request request() {
            return Request.of(Command.XADD, address.key(), "*", RedisWire.fields(message));
        }
    }

    /**
     * A message that Redis did not store because it takes nothing now.
     *
     * @param failure of the kind that has it sent again
     */
    private record Refused(Waiting one, TransportException failure) {

        void fail() {
            one.fail(failure);
        }

        void failForGood() {
            one.fail(new TransportException(
                    Kind.FULL,
                    Outcome.NOT_ACCEPTED,
                    failure.getMessage() + "; what was sent after it may be there already, so it is not sent again",
                    failure));
        }
    }
}
