package io.eventbus.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.commands.ProtocolCommand;

/** One command with its arguments, as bytes. */
record Request(ProtocolCommand command, List<byte[]> arguments) {

    /** Takes bytes as they are, text as UTF-8, numbers as digits, and collections of all these one by one. */
    static Request of(ProtocolCommand command, Object... arguments) {
        List<byte[]> bytes = new ArrayList<>(arguments.length);
        for (Object argument : arguments) {
            add(bytes, argument);
        }
        return new Request(command, bytes);
    }

    byte[][] array() {
        return arguments.toArray(byte[][]::new);
    }

    private static void add(List<byte[]> target, Object argument) {
        if (argument instanceof byte[] bytes) {
            target.add(bytes);
        } else if (argument instanceof Collection<?> many) {
            many.forEach(one -> add(target, one));
        } else {
            target.add(argument.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
