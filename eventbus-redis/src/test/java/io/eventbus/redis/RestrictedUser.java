package io.eventbus.redis;

import io.eventbus.brokers.RedisBroker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A user of a real Redis who may touch the bus's keys alone, with the commands that the transport's documentation lists. */
record RestrictedUser(RedisBroker broker, String name, String password) implements AutoCloseable {

    static final List<String> COMMANDS = List.of(
            "xadd",
            "xlen",
            "xinfo",
            "xgroup",
            "xreadgroup",
            "xack",
            "xpending",
            "xclaim",
            "xautoclaim",
            "eval",
            "xread",
            "xrange",
            "xdel",
            "xtrim",
            "ping");

    static RestrictedUser create(RedisBroker broker) {
        return create(broker, COMMANDS, "~eventbus:*");
    }

    static RestrictedUser create(RedisBroker broker, List<String> commands, String keys) {
        String name = "user-" + UUID.randomUUID();
        String password = "secret-" + UUID.randomUUID();
        List<String> arguments = new ArrayList<>(List.of("ACL", "SETUSER", name, "on", ">" + password, keys));
        commands.forEach(command -> arguments.add("+" + command));
        broker.cli(arguments.toArray(String[]::new));
        return new RestrictedUser(broker, name, password);
    }

    URI url() {
        return URI.create("redis://" + name + ":" + password + "@" + broker.host() + ":" + broker.port());
    }

    @Override
    public void close() {
        broker.cli("ACL", "DELUSER", name);
    }
}
