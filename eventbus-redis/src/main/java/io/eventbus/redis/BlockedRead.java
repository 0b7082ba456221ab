package io.eventbus.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The read that waits at Redis for new entries, on a connection of its own. It stays there while the engine polls again and
 * again, so that an idle member asks seldom, and no wait here depends on what Redis waits for. Used by one thread; {@link
 * #nudge} is for any.
 */
final class BlockedRead {

    private final RedisLink link;
    private final Duration wait;
    private final Duration limit;
    private final IntFunction<Request> request;
    private boolean asked;
    private Deadline answerBy = Deadline.NOW;

    /**
     * Asks nothing yet.
     *
     * @param wait how long the read waits at Redis, after which another shows that both ends live
     * @param limit how long an answer may take beyond the wait
     * @param request the read of at most so many entries
     */
    BlockedRead(RedisLink link, Duration wait, Duration limit, IntFunction<Request> request) {
        this.link = link;
        this.wait = wait;
        this.limit = limit;
        this.request = request;
    }

    /** Asks for at most so many entries, unless a read waits already. */
    void ask(int max) {
        if (!asked) {
            link.sendNow(request.apply(max));
            answerBy = Deadline.in(wait.plus(limit));
            asked = true;
        }
    }

    /** Whether a read waits, so that nothing else can be asked on its connection. */
    boolean isAsked() {
        return asked;
    }

    /** What has arrived, if anything has. */
    List<StreamEntry> arrived() {
        if (!link.isReadable()) {
            if (asked && answerBy.isOver()) {
                throw new JedisConnectionException(new SocketTimeoutException("no answer in time"));
            }
            return List.of();
        }
        if (!asked) {
            throw new JedisConnectionException(new IOException("the connection was lost"));
        }
        asked = false;
        return StreamEntry.ofRead(link.receiveFromNow());
    }

    /** Waits for an arrival, the end of the connection, or of the time for an answer; not longer than so much, nor when somebody nudges. */
    void await(long nanos) {
        link.await(asked ? Math.min(nanos, answerBy.nanosLeft()) : nanos);
    }

    /** Ends a wait that goes on, or else the next. */
    void nudge() {
        link.nudge();
    }

    /**
     * Takes the read back from Redis. Redis drops it when it sees the end of what we write, and closes the connection: then
     * nothing more can come this way.
     *
     * @return what had arrived before
     */
    List<StreamEntry> end(Deadline deadline) {
        List<StreamEntry> last = new ArrayList<>();
        if (asked) {
            link.endOutput(deadline);
            try {
                last.addAll(StreamEntry.ofRead(link.receive()));
            } catch (JedisConnectionException e) {
                last.clear(); // the connection has ended without an answer, as it mostly does
            }
            asked = false;
        }
        link.close();
        return last;
    }

    void close() {
        link.close();
    }
}
