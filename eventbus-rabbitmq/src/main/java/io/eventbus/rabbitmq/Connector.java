package io.eventbus.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.eventbus.spi.TlsTrust;
import io.eventbus.spi.TransportConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens AMQP connections that do not recover by themselves.
 *
 * <p>Each wait for the broker takes at most half of the time for opening, so that a broker that falls silent at any point
 * is given up within that time: the client knows no limit for the whole.
 */
final class Connector {

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    /** How long a broker may take to say goodbye. */
    private static final int CLOSE_MILLIS = 2_000;

    /**
     * The client ends the connection at a body above its limit, 64 MiB unless told otherwise. The broker would then deliver
     * that message again and again, and the group stand still: what the broker has taken, a member must be able to take.
     */
    private static final int MAX_INBOUND_BYTES = Integer.MAX_VALUE;

    private static final int MAX_HEARTBEAT_SECONDS = 65_535;

    private final BrokerUrl url;
    private final ConnectionFactory factory;
    private final String clientName;
    private final int openMillis;
    private final Set<SocketGuard> guards = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException if the heartbeat or the settings for TLS make no sense
     */
    Connector(BrokerUrl url, TransportConfig config) {
        this.url = url;
        this.clientName = config.clientName();
        this.openMillis = (int) Math.min(config.openTimeout().toMillis(), Integer.MAX_VALUE);
        this.factory = factory(url, config);
    }

    /** Opens a connection, to the first of the host's addresses that takes it. */
    Connection open() throws IOException, TimeoutException {
        List<Address> addresses = addresses();
        int step = Math.max(1, openMillis / Math.max(2, addresses.size()));
        IOException last = null;
        for (Address address : addresses) {
            try {
                return open(address, step);
            } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
                last = e;
            }
        }
        throw last == null ? new IOException("the host name has no address") : last;
    }

    /** Ends a connection for good, whatever state it is in: with a goodbye if the broker takes it in time. */
    static void close(Connection connection) {
        connection.abort(CLOSE_MILLIS);
    }

    /** What an application may take to open connections of its own. */
    ConnectionFactory copyOfFactory() {
        return factory.clone();
    }

    /** Cuts all connections, also those that are being opened; no others are opened after. */
    void cutAll() {
        cut = true;
        guards.forEach(SocketGuard::cut);
    }

    private Connection open(Address address, int stepMillis) throws IOException, TimeoutException {
        SocketGuard guard = new SocketGuard();
        guards.add(guard);
        if (cut) {
            guard.cut();
        }
        try {
            Connection connection = newConnection(address, stepMillis, guard);
            connection.addShutdownListener(signal -> guards.remove(guard));
            return connection;
        } catch (IOException | TimeoutException | RuntimeException e) {
            guards.remove(guard);
            throw e;
        }
    }

    private Connection newConnection(Address address, int stepMillis, SocketGuard guard)
            throws IOException, TimeoutException {
        ConnectionFactory once = factory.clone();
        once.setConnectionTimeout(stepMillis);
        once.setHandshakeTimeout(2 * stepMillis); // the client takes half of it for each of two answers
        once.setChannelRpcTimeout(stepMillis);
        once.setSocketConfigurator(once.getSocketConfigurator().andThen(guard));
        once.setExceptionHandler(guard);
        Connection connection = once.newConnection(List.of(address), clientName);
        connection.addBlockedListener(
                reason -> LOG.warn("RabbitMQ at {} takes no messages: {}", url, reason),
                () -> LOG.info("RabbitMQ at {} takes messages again", url));
        return connection;
    }

    /** With TLS the name itself, which the certificate is checked against. */
    private List<Address> addresses() throws IOException {
        if (url.tls()) {
            return List.of(new Address(url.host(), url.port()));
        }
        return Stream.of(InetAddress.getAllByName(url.host()))
                .map(address -> new Address(address.getHostAddress(), url.port()))
                .toList();
    }

    private static ConnectionFactory factory(BrokerUrl url, TransportConfig config) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.useBlockingIo();
        factory.setHost(url.host());
        factory.setPort(url.port());
        factory.setUsername(url.user());
        factory.setPassword(url.password());
        factory.setVirtualHost(url.vhost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(heartbeatSeconds(config.duration(RabbitTransportProvider.HEARTBEAT)));
        factory.setMaxInboundMessageBodySize(MAX_INBOUND_BYTES);
        if (url.tls()) {
            factory.useSslProtocol(TlsTrust.context(config, RabbitTransportProvider.TRUSTED));
            factory.enableHostnameVerification();
        } else {
            TlsTrust.requireUnused(config, RabbitTransportProvider.TRUSTED);
        }
        return factory;
    }

    private static int heartbeatSeconds(Duration heartbeat) {
        long seconds = heartbeat.toSeconds();
        if (seconds < 1 || seconds > MAX_HEARTBEAT_SECONDS) {
            throw new IllegalArgumentException(RabbitTransportProvider.HEARTBEAT.name() + " is " + heartbeat.toMillis()
                    + "ms; expected 1s to " + MAX_HEARTBEAT_SECONDS + "s");
        }
        return (int) seconds;
    }
}
