package io.eventbus.redis;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.TransportAdmin;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Asks each question on a connection of its own. Members are those that were heard of lately. Of an ephemeral group Redis
 * knows nothing.
 *
 * @param silent how long a member that lives may not be heard of
 */
record RedisAdmin(RedisTransport transport, RedisNames names, RedisErrors errors, Duration silent)
        implements TransportAdmin {

    @Override
    public void ping() {
        transport.ping();
    }

    @Override
    public GroupInfo describe(Group group) {
        String key = names.stream(group.topic());
        String what = "cannot describe " + group;
        return transport.ask(what, key, (link, deadline) -> {
            GroupState state = GroupState.of(link, key, group.name(), deadline);
            long deadLetters = Reply.number(link.ask(Request.of(Command.XLEN, names.deadLetters(group)), deadline));
            String name = key + " " + group.name();
            return state.exists()
                    ? new GroupInfo(
                            name, state.backlog(link, key, deadline), members(link, key, group, deadline), deadLetters)
                    : new GroupInfo(name, 0, 0, deadLetters);
        });
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        String key = names.deadLetters(group);
        String what = "cannot read the dead letters of " + group;
        return transport.open(what, key, (link, deadline) -> new RedisDeadLetterCursor(link, key, errors));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        String key = names.deadLetters(group);
        String what = "cannot purge the dead letters of " + group;
        return transport.ask(
                what,
                key,
                (link, deadline) -> Reply.number(link.ask(Request.of(Command.XTRIM, key, "MAXLEN", 0), deadline)));
    }

    private int members(RedisLink link, String key, Group group, Deadline deadline) {
        return (int) Reply.list(link.ask(Request.of(Command.XINFO, "CONSUMERS", key, group.name()), deadline)).stream()
                .map(Reply::map)
                .filter(this::isMember)
                .count();
    }

    private boolean isMember(Map<String, @Nullable Object> consumer) {
        return !Reply.text(consumer.get("name")).startsWith(" ")
                && Reply.number(consumer.get("idle")) <= silent.toMillis();
    }
}
