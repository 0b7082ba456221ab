package io.eventbus.redis;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException.Outcome;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Reads the stream of dead letters page by page. It takes nothing away, so that several may read at once. */
final class RedisDeadLetterCursor implements DeadLetterCursor {

    private final RedisLink link;
    private final String key;
    private final RedisErrors errors;
    private final IdentityHashMap<Message, String> read = new IdentityHashMap<>();
    private String last = "0-0";

    RedisDeadLetterCursor(RedisLink link, String key, RedisErrors errors) {
        this.link = link;
        this.key = key;
        this.errors = errors;
    }

    @Override
    public List<Message> next(int max) {
        try {
            Request request = Request.of(Command.XRANGE, key, "(" + last, "+", "COUNT", max);
            read.clear();
            List<Message> messages = new ArrayList<>();
            for (StreamEntry entry : StreamEntry.list(link.ask(request))) {
                last = entry.id();
                if (entry.message() != null) {
                    read.put(entry.message(), entry.id());
                    messages.add(entry.message());
                }
            }
            return messages;
        } catch (JedisException e) {
            throw errors.ended("cannot read " + key, Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void remove(Message deadLetter) {
        String id = read.remove(deadLetter);
        if (id == null) {
            throw new IllegalArgumentException(
                    deadLetter + " is not from the last part of this pass, or was removed before");
        }
        try {
            link.ask(Request.of(Command.XDEL, key, id));
        } catch (JedisException e) {
            throw errors.ended("cannot remove " + deadLetter + " from " + key, Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
