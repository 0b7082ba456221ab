package io.eventbus.redis;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Reads a stream from one entry on without a group: Redis knows nothing of it, so that nothing can be left behind. */
final class EphemeralReceiver implements Receiver {

    private final BlockedRead read;
    private final String key;
    private final RedisErrors errors;
    private final Queue<Delivery> fetched = new ArrayDeque<>();
    private String last;
    private volatile boolean woken;
    private boolean draining;
    private boolean over;

    /**
     * Takes over the connection.
     *
     * @param last the last entry of the stream that is not wanted
     */
    EphemeralReceiver(RedisLink link, Duration limit, String key, String last, RedisErrors errors) {
        this.read = new BlockedRead(link, limit, this::request);
        this.key = key;
        this.last = last;
        this.errors = errors;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        if (over) {
            throw errors.failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, what(), "the session was closed");
        }
        try {
            return read(draining ? 0 : maxMessages, System.nanoTime() + timeout.toNanos());
        } catch (JedisException e) {
            over = true;
            throw errors.ended(what(), Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        read.nudge();
    }

    /** It gets everything; the engine selects. */
    @Override
    public void bind(RoutingPattern pattern) {}

    /** There is nobody to give anything back to. */
    @Override
    public void drain() {
        draining = true;
        fetched.clear();
    }

    @Override
    public void close() {
        over = true;
        read.close();
    }

    private List<Delivery> read(int room, long end) {
        collect();
        if (room > 0 && fetched.isEmpty()) {
            read.ask(room);
        }
        while (!woken
                && (room == 0 || fetched.isEmpty())
                && end - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            read.await(end - System.nanoTime());
            collect();
        }
        woken = false;
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < room && !fetched.isEmpty()) {
            taken.add(fetched.remove());
        }
        return taken;
    }

    private void collect() {
        for (StreamEntry entry : read.arrived()) {
            last = entry.id();
            if (entry.message() != null) {
                fetched.add(new Unsettled(entry.message()));
            }
        }
    }

    private Request request(int max) {
        return Request.of(Command.XREAD, "COUNT", max, "BLOCK", BlockedRead.WAIT.toMillis(), "STREAMS", key, last);
    }

    private String what() {
        return "the session of an ephemeral subscription to " + key + " is over";
    }

    /** Redis does not wait for a settlement. */
    private record Unsettled(Message message) implements Delivery {

        @Override
        public int deliveryCount() {
            return 1;
        }

        @Override
        public void accept() {}

        @Override
        public void release() {}
    }
}
