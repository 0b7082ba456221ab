package io.eventbus.redis;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How a group stands.
 *
 * @param exists whether there is such a group
 * @param lastDelivered the last entry that any member was given
 * @param pending how many entries members have
 * @param lag how many entries no member was given, or null if Redis does not know
 */
record GroupState(
        boolean exists,
        String lastDelivered,
        long pending,
        @Nullable Long lag) {

    private static final GroupState NONE = new GroupState(false, "0-0", 0, 0L);
    private static final int PAGE = 1_000;

    static GroupState of(RedisLink link, String key, String group, Deadline deadline) {
        for (Object each : Reply.list(groups(link, key, deadline))) {
            Map<String, @Nullable Object> one = Reply.map(each);
            if (Reply.text(one.get("name")).equals(group)) {
                return new GroupState(
                        true, Reply.text(one.get("last-delivered-id")), Reply.number(one.get("pending")), (Long)
                                one.get("lag"));
            }
        }
        return NONE;
    }

    /** What the group has not settled. Redis 6.2, and a newer one that is not sure, has to count. */
    long backlog(RedisLink link, String key, Deadline deadline) {
        if (lag != null) {
            return pending + lag;
        }
        long behind = 0;
        String from = lastDelivered;
        long counted = PAGE;
        while (counted == PAGE) {
            var reply = Reply.list(link.ask(Request.of(Command.EVAL, Scripts.COUNT, 1, key, from, PAGE), deadline));
            counted = Reply.number(reply.get(0));
            from = Reply.text(reply.get(1));
            behind += counted;
        }
        return pending + behind;
    }

    private static @Nullable Object groups(RedisLink link, String key, Deadline deadline) {
        try {
            return link.ask(Request.of(Command.XINFO, "GROUPS", key), deadline);
        } catch (JedisDataException e) {
            if (isNoSuchKey(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isNoSuchKey(JedisDataException e) {
        return String.valueOf(e.getMessage()).contains("no such key");
    }
}
