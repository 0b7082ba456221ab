package io.eventbus.tck.broken;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.TransportAdmin;

/** Asks the broker by the network, each time on a connection of its own; a cursor needs none once it is open. */
final class NetworkedAdmin implements TransportAdmin {

    private final NetworkedTransport transport;
    private final TransportAdmin original;

    NetworkedAdmin(NetworkedTransport transport, TransportAdmin original) {
        this.transport = transport;
        this.original = original;
    }

    @Override
    public void ping() {
        transport.ask(() -> {
            original.ping();
            return this;
        });
    }

    @Override
    public GroupInfo describe(Group group) {
        return transport.ask(() -> original.describe(group));
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        return transport.ask(() -> original.openDeadLetters(group));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        return transport.ask(() -> original.purgeDeadLetters(group));
    }
}
