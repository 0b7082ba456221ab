package io.eventbus.redis;

import io.eventbus.redis.Outbox.Waiting;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * Keeps streams within a bound. What every group has settled is removed when there is no room for what is to come; when
 * that is not enough, what is to come is refused, since nothing else may be removed.
 *
 * @param maxLength how many entries the stream of a topic may have; 0 for any number
 */
record Trimming(long maxLength) {

    private static final String UNLIMITED = "unlimited";

    /**
     * Reads the option.
     *
     * @throws IllegalArgumentException if it is neither a number above zero nor the word for no bound
     */
    static Trimming parse(String text) {
        if (text.equals(UNLIMITED)) {
            return new Trimming(0);
        }
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("bad value of option " + RedisTransportProvider.MAX_LENGTH.name()
                    + ": expected " + UNLIMITED + " or a whole number above zero");
        }
        return new Trimming(Long.parseLong(text));
    }

    boolean isOn() {
        return maxLength > 0;
    }

    /** Makes room, and refuses what does not fit. Dead letters are not bounded. */
    List<Waiting> admit(RedisLink link, List<Waiting> burst, RedisErrors errors) {
        if (!isOn()) {
            return burst;
        }
        Map<String, Long> coming = new HashMap<>();
        burst.stream().filter(Trimming::isBounded).forEach(one -> coming.merge(one.address().stream(), 1L, Long::sum));
        Map<String, Room> rooms = new HashMap<>();
        coming.forEach((stream, count) -> rooms.put(stream, room(link, stream, count)));
        List<Waiting> admitted = new ArrayList<>();
        for (Waiting one : burst) {
            Room room = rooms.get(one.address().stream());
            if (!isBounded(one) || room == null || room.take()) {
                admitted.add(one);
            } else {
                one.fail(full(errors, one.address().stream(), room));
            }
        }
        return admitted;
    }

    private static boolean isBounded(Waiting one) {
        return one.address().key().equals(one.address().stream());
    }

    private Room room(RedisLink link, String stream, long count) {
        List<?> reply = Reply.list(link.ask(Request.of(Command.EVAL, Scripts.TRIM, 1, stream, maxLength, count)));
        return new Room(Reply.number(reply.get(0)), Reply.text(reply.get(1)));
    }

    private TransportException full(RedisErrors errors, String stream, Room room) {
        return errors.failure(
                Kind.FULL,
                Outcome.NOT_ACCEPTED,
                "cannot send to " + stream,
                "it is full with " + maxLength + " entries (" + RedisTransportProvider.MAX_LENGTH.name()
                        + "), and group " + room.group + " has not settled the oldest; let it catch up, or destroy it");
    }

    /** What still fits. */
    private static final class Room {

        private final String group;
        private long left;

        Room(long left, String group) {
            this.left = left;
            this.group = group;
        }

        boolean take() {
            left--;
            return left >= 0;
        }
    }
}
