package io.eventbus.redis;

import io.eventbus.spi.TlsTrust;
import io.eventbus.spi.TransportConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Opens connections, logged in and with their database selected; in a cluster, to the node that has a key. */
final class Connector {

    /** A cluster that sends us round more often than this is at odds with itself. */
    private static final int MAX_MOVES = 5;

    private final RedisUrl url;
    private final @Nullable SSLContext tls;
    private final String clientName;
    private final Duration limit;
    private final Duration answerLimit;
    private final Set<ChannelSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException if the settings for TLS make no sense
     */
    Connector(RedisUrl url, TransportConfig config) {
        this.url = url;
        this.tls = url.tls() ? TlsTrust.context(config, RedisTransportProvider.TRUSTED) : null;
        if (!url.tls()) {
            TlsTrust.requireUnused(config, RedisTransportProvider.TRUSTED);
        }
        this.clientName = config.clientName().replaceAll("[^!-~]", "_");
        this.limit = config.openTimeout();
        this.answerLimit = RedisTransportProvider.answerTimeout(config);
    }

    /** How long opening something may take as a whole. */
    Duration limit() {
        return limit;
    }

    /** How long every answer may take after that. */
    Duration answerLimit() {
        return answerLimit;
    }

    /** Opens a connection to the URL's address. */
    RedisLink open(Deadline deadline) throws IOException {
        return open(url.node(), deadline);
    }

    /** Opens a connection to the node that has a key, beginning with the URL's. */
    RedisLink openFor(String key, Deadline deadline) throws IOException {
        return moved(open(deadline), key, deadline);
    }

    /** The connection itself, if its node has the key, or one to the node that has; the other one is left open. */
    RedisLink route(RedisLink link, String key, Deadline deadline) throws IOException {
        HostAndPort node = nodeOf(link, key, deadline);
        return node.equals(link.node()) ? link : moved(open(node, deadline), key, deadline);
    }

    /** Opens a connection to one node. */
    RedisLink open(HostAndPort node, Deadline deadline) throws IOException {
        List<SocketAddress> addresses = addresses(node);
        IOException last = new IOException("the host name has no address");
        for (int i = 0; i < addresses.size(); i++) {
            try {
                return open(node, addresses.get(i), deadline.atMost(deadline.nanosLeft() / (addresses.size() - i)));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** What an application may take to open connections of its own. */
    @SuppressWarnings("deprecation") // what replaces the factory reads key stores only, and no PEM
    JedisClientConfig clientConfig() {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .user(url.user())
                .password(url.password())
                .database(url.database())
                .connectionTimeoutMillis((int) Math.min(limit.toMillis(), Integer.MAX_VALUE));
        if (tls != null) {
            config.ssl(true).sslSocketFactory(tls.getSocketFactory()).sslParameters(checkingHost(new SSLParameters()));
        }
        return config.build();
    }

    /** Cuts all connections, also those that are being opened; no others are opened after. */
    void cutAll() {
        cut = true;
        open.forEach(ChannelSocket::close);
    }

    /** Takes over the connection: it is the one that is given, or closed, also when this fails. */
    private RedisLink moved(RedisLink first, String key, Deadline deadline) throws IOException {
        RedisLink link = first;
        try {
            for (int moves = 0; moves < MAX_MOVES; moves++) {
                HostAndPort node = nodeOf(link, key, deadline);
                if (node.equals(link.node())) {
                    return link;
                }
                link.close();
                link = open(node, deadline);
            }
            throw new IOException("the cluster's nodes do not agree which of them has " + key);
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** Any command for the key tells, and this one also whether it is a stream. */
    private HostAndPort nodeOf(RedisLink link, String key, Deadline deadline) {
        try {
            link.ask(Request.of(Command.XLEN, key), deadline);
            return link.node();
        } catch (JedisMovedDataException e) {
            HostAndPort node = e.getTargetNode();
            return node.getHost().isEmpty() ? new HostAndPort(link.node().getHost(), node.getPort()) : node;
        }
    }

    private RedisLink open(HostAndPort node, SocketAddress address, Deadline deadline) throws IOException {
        ChannelSocket socket = ChannelSocket.forAddress(address, open::remove);
        open.add(socket);
        try {
            if (cut) {
                throw new IOException("the transport is closed");
            }
            socket.deadline(deadline);
            socket.connect(address);
            RedisLink link = new RedisLink(node, socket, secured(node, socket), answerLimit);
            login(link, deadline);
            return link;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(HostAndPort node, ChannelSocket socket) throws IOException {
        if (tls == null) {
            return socket;
        }
        SSLSocket secure =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, node.getHost(), node.getPort(), true);
        secure.setSSLParameters(checkingHost(secure.getSSLParameters()));
        secure.startHandshake();
        return secure;
    }

    private static SSLParameters checkingHost(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** The name is for the operator only; whoever may not set it works all the same. The answer shows a Redis. */
    private void login(RedisLink link, Deadline deadline) {
        if (url.password() != null) {
            link.ask(
                    url.user() == null
                            ? Request.of(Command.AUTH, url.password())
                            : Request.of(Command.AUTH, url.user(), url.password()),
                    deadline);
        }
        if (url.database() > 0) {
            link.ask(Request.of(Command.SELECT, url.database()), deadline);
        }
        try {
            link.ask(Request.of(Command.CLIENT, "SETNAME", clientName), deadline);
        } catch (JedisDataException e) {
            requireLogin(e);
        }
    }

    private static void requireLogin(JedisException refusal) {
        if (RedisErrors.code(refusal).equals("NOAUTH")) {
            throw refusal;
        }
    }

    /** With TLS the name itself, which the certificate is checked against, is kept beside the address. */
    private List<SocketAddress> addresses(HostAndPort node) throws IOException {
        if (url.path() != null) {
            return List.of(UnixDomainSocketAddress.of(url.path()));
        }
        return new ArrayList<>(Stream.of(InetAddress.getAllByName(node.getHost()))
                .map(address -> new InetSocketAddress(address, node.getPort()))
                .toList());
    }
}
