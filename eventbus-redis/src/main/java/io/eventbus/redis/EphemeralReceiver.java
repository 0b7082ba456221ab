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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads a stream from one entry on without a group: Redis knows nothing of it, so that nothing can be left behind. When a
 * read has found nothing, or there is no room for one, it asks where the stream stands: one that was deleted ends no read, and
 * one that is made again may begin with lower ids. While reads find something it does not, as Redis copies two whole entries
 * for the answer.
 */
final class EphemeralReceiver implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(EphemeralReceiver.class);

    /** As often as the engine polls, so that silence is noticed as soon as by the members of a group. */
    private static final Duration READ_WAIT = Duration.ofSeconds(1);

    /** A little less than that. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private static final String BEGIN = "0-0";

    private static final String OVER = "the session is over";

    private final RedisLink link;
    private final BlockedRead read;
    private final String key;
    private final Duration limit;
    private final RedisErrors errors;
    private final Queue<Delivery> fetched = new ArrayDeque<>();
    private String last;
    private boolean foundNothing;
    private long nextLook = System.nanoTime() + LOOK_NANOS;
    private volatile boolean woken;
    private boolean draining;
    private boolean over;

    /**
     * Takes over the connection.
     *
     * @param limit how long an answer may take
     * @param last the last entry of the stream that is not wanted
     */
    EphemeralReceiver(RedisLink link, Duration limit, String key, String last, RedisErrors errors) {
        this.link = link;
        this.read = new BlockedRead(link, READ_WAIT, limit, this::request);
        this.limit = limit;
        this.key = key;
        this.last = last;
        this.errors = errors;
    }

    /** The last id that a stream has given, or one before all if there is no stream. */
    static String lastId(RedisLink link, String key, Deadline deadline) {
        return Reply.text(link.ask(Request.of(Command.EVAL, Scripts.LAST_ID, 1, key), deadline));
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        if (over) {
            throw errors.failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, OVER, "it was closed");
        }
        try {
            return read(draining ? 0 : maxMessages, System.nanoTime() + timeout.toNanos());
        } catch (JedisException e) {
            over = true;
            throw errors.ended(OVER, Outcome.UNKNOWN, e);
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
        proceed(room);
        while (!woken
                && (room == 0 || fetched.isEmpty())
                && end - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            read.await(end - System.nanoTime());
            proceed(room);
        }
        woken = false;
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < room && !fetched.isEmpty()) {
            taken.add(fetched.remove());
        }
        return taken;
    }

    private void proceed(int room) {
        collect();
        if (!read.isAsked() && (foundNothing || room == 0) && nextLook - System.nanoTime() <= 0) {
            look();
            nextLook = System.nanoTime() + LOOK_NANOS;
        }
        if (room > 0 && fetched.isEmpty()) {
            read.ask(room);
        }
    }

    private void look() {
        String given = lastId(link, key, Deadline.in(limit));
        if (EntryId.parse(given).compareTo(EntryId.parse(last)) < 0) {
            LOG.warn("{} was deleted; the ephemeral subscription to it goes on with the beginning of the next", key);
            last = BEGIN;
        }
    }

    private void collect() {
        boolean asked = read.isAsked();
        List<StreamEntry> arrived = read.arrived();
        if (asked && !read.isAsked()) {
            foundNothing = arrived.isEmpty();
        }
        for (StreamEntry entry : arrived) {
            last = entry.id();
            if (entry.message() != null) {
                fetched.add(new Unsettled(entry.message()));
            }
        }
    }

    private Request request(int max) {
        return Request.of(Command.XREAD, "COUNT", max, "BLOCK", READ_WAIT.toMillis(), "STREAMS", key, last);
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
