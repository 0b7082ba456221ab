package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.FORGETS_ACKS_AT_CUT;
import static io.eventbus.tck.broken.TransportMutant.GIVES_UP;
import static io.eventbus.tck.broken.TransportMutant.IGNORES_HANG_UPS;
import static io.eventbus.tck.broken.TransportMutant.LOSES_AT_CUT;
import static io.eventbus.tck.broken.TransportMutant.OPENING_HANGS;
import static io.eventbus.tck.broken.TransportMutant.RUSHES;
import static io.eventbus.tck.broken.TransportMutant.STALE_ACK_HARMS;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A bus's way to the broker by the network, a connection for each session. */
final class NetworkedTransport implements Transport {

    private static final long RUSH_NANOS = 1_000_000_000;
    private static final Duration HASTE = Duration.ofMillis(50);

    private final BreakableTransport original;
    private final TransportMutant mutant;
    private final InetSocketAddress address;
    private final Connection.SocketUpgrade upgrade;
    private final Duration opening;
    private final Duration patience;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Group, Receiver> members = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param upgrade what becomes of each connection's socket
     * @param opening how long connecting may take
     * @param patience how long an answer may take
     */
    NetworkedTransport(
            BreakableTransport original,
            InetSocketAddress address,
            Connection.SocketUpgrade upgrade,
            Duration opening,
            Duration patience) {
        this.upgrade = upgrade;
        this.original = original;
        this.mutant = original.mutant();
        this.address = address;
        this.opening = opening;
        this.patience = switch (mutant) {
            case NEVER_NOTICES -> Connection.FOR_EVER;
            case TAKES_SLOW_FOR_SILENT -> HASTE;
            default -> patience;
        };
    }

    @Override
    public Set<Capability> capabilities() {
        return original.capabilities();
    }

    @Override
    public Limits limits() {
        return original.limits();
    }

    @Override
    public Optional<Duration> holdLimit() {
        return original.holdLimit();
    }

    @Override
    public Sender openSender() {
        Connection connection = connect(() -> {});
        return new NetworkedSender(opening(connection, original::openSender), connection, mutant);
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        Session session = new Session();
        Connection connection = connect(session::hangUp);
        Receiver joined = opening(connection, () -> session.join(spec, revocations));
        return new NetworkedReceiver(joined, connection, this);
    }

    private static <S> S opening(Connection connection, Supplier<S> session) {
        try {
            return connection.ask(session);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public TransportAdmin admin() {
        return new NetworkedAdmin(this, original.admin());
    }

    /** Asks on a connection of its own. */
    <T> T ask(Supplier<T> question) {
        try (Connection connection = connect(() -> {})) {
            return connection.ask(question);
        }
    }

    /** The broker finds out by the ends of the connections. */
    @Override
    public void close() {
        closed = true;
        cut();
    }

    private void cut() {
        connections.forEach(Connection::close);
    }

    /** A delivery was settled after the end of its session. */
    void settledLate() {
        if (mutant == STALE_ACK_HARMS) {
            cut();
        }
    }

    private Connection connect(Runnable atEnd) {
        if (mutant == GIVES_UP && connections.stream().anyMatch(Connection::isClosed)) {
            throw Failures.refused("there was a connection once");
        }
        long giveUpAt = System.nanoTime() + RUSH_NANOS;
        while (true) {
            try {
                return connectOnce(atEnd);
            } catch (TransportException e) {
                if (mutant != RUSHES || System.nanoTime() > giveUpAt) {
                    throw e;
                }
            }
        }
    }

    private Connection connectOnce(Runnable atEnd) {
        Connection connection = new Connection(upgrade, patience, atEnd);
        if (mutant == OPENING_HANGS) {
            connection.open(address, Connection.FOR_EVER);
            return connection;
        }
        connections.removeIf(Connection::isClosed);
        connections.add(connection);
        if (closed) {
            connection.close();
            throw Failures.closed("The transport");
        }
        connection.open(address, opening);
        return connection;
    }

    /** One membership, as the broker sees it. */
    private final class Session {

        private Receiver joined;

        /** A member that comes again has left: otherwise it would get what comes after that which its old session holds. */
        Receiver join(ReceiverSpec spec, Revocations revocations) {
            Receiver before = members.get(spec.group());
            if (before != null) {
                end(before);
            }
            joined = original.openReceiver(spec, revocations);
            members.put(spec.group(), joined);
            return joined;
        }

        void hangUp() {
            if (joined != null) {
                end(joined);
            }
        }

        private void end(Receiver receiver) {
            if (mutant == LOSES_AT_CUT) {
                original.settleAll(receiver);
            } else if (mutant == FORGETS_ACKS_AT_CUT) {
                original.forgetSettlements(receiver);
            }
            if (mutant != IGNORES_HANG_UPS) {
                receiver.close();
            }
        }
    }
}
