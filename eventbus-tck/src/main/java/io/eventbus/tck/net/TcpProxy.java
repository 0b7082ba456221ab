package io.eventbus.tck.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a port of 127.0.0.1 that breaks the connections through it on request: {@link #cut}, {@link #silence}, {@link #silenceAnswers},
 * {@link #delay}, {@link #throttle}, {@link #heal}. It listens before it has a target, because some brokers must be told at their start which address to
 * advertise.
 *
 * <p>Thread-safe. Whoever starts a proxy closes it; its daemon threads, named {@code tck-proxy-…}, have ended when {@link
 * #close} returns. A proxy does not look into what it forwards; it may {@linkplain #endTls end TLS}.
 */
public final class TcpProxy implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final String name;
    private final Gate gate = new Gate();
    private final Map<Link, Thread> links = new ConcurrentHashMap<>(); // ended ones stay until the next is added
    private final LongAdder accepted = new LongAdder();
    private final LongAdder bytesToTarget = new LongAdder();
    private final LongAdder bytesToClient = new LongAdder();
    private final Thread acceptor;
    private final Object lock = new Object(); // a change of mode and the registration of a link exclude each other
    private volatile boolean ended;
    private volatile @Nullable InetSocketAddress target;
    private volatile @Nullable SSLContext identity;

    private TcpProxy(ServerSocket server) {
        this.server = server;
        this.name = "tck-proxy-" + server.getLocalPort();
        this.acceptor = DaemonThreads.create(name, this::acceptAll);
    }

    /**
     * Starts a proxy without a target: connections are reset until it has one.
     *
     * @return the proxy, listening and in mode {@link ProxyMode#PASS}
     * @throws UncheckedIOException if no port can be had
     */
    public static TcpProxy start() {
        return startAt(0);
    }

    /**
     * Starts a proxy without a target at a port that was agreed upon before: connections are reset until it has one.
     *
     * @param port the port; zero for any
     * @return the proxy, listening and in mode {@link ProxyMode#PASS}
     * @throws UncheckedIOException if the port cannot be had
     */
    public static TcpProxy startAt(int port) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(port, BACKLOG, LOOPBACK));
            proxy.acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of " + LOOPBACK, e);
        }
    }

    /**
     * Starts a proxy that forwards to a target.
     *
     * @param host the target's host, resolved at each connection
     * @param port the target's port
     * @return the proxy, listening and in mode {@link ProxyMode#PASS}
     * @throws UncheckedIOException if no port can be had
     */
    public static TcpProxy start(String host, int port) {
        TcpProxy proxy = start();
        proxy.target(host, port);
        return proxy;
    }

    /** {@return the address to connect to, always 127.0.0.1} */
    public String host() {
        return LOOPBACK.getHostAddress();
    }

    /** {@return the port to connect to} */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Sets where connections made from now on go. Those that are open stay with their old target.
     *
     * @param targetHost the target's host, resolved at each connection
     * @param targetPort the target's port
     */
    public void target(String targetHost, int targetPort) {
        target = InetSocketAddress.createUnresolved(targetHost, targetPort);
    }

    /**
     * Ends TLS here: connections made from now on have to be TLS up to the proxy, and are plain behind it. A client that does not go
     * through with the handshake is reset, and its target not connected to.
     *
     * @param server whom the proxy says it is
     */
    public void endTls(SSLContext server) {
        identity = server;
    }

    /** {@return what the proxy does with connections now} */
    public ProxyMode mode() {
        return gate.mode();
    }

    /**
     * Resets every connection on both sides, and each new one as soon as it is made, until {@link #heal}. When this method
     * returns, all connections that were open have been reset.
     */
    public void cut() {
        List<Thread> open;
        synchronized (lock) {
            gate.set(ProxyMode.CUT);
            links.keySet().forEach(Link::abort);
            open = List.copyOf(links.values());
        }
        // Java closes a socket when the last thread has left it, for which a thread may wait long on a busy machine.
        open.forEach(DaemonThreads::join);
    }

    /**
     * Lets nothing through until {@link #heal}, and closes nothing. New connections are accepted and never answered.
     *
     * <p>A chunk that a thread of the proxy is writing at this moment may still arrive.
     */
    public void silence() {
        synchronized (lock) {
            gate.set(ProxyMode.SILENCE);
        }
    }

    /** Lets through what clients send, and nothing that is meant for them, until {@link #heal}. Closes nothing. */
    public void silenceAnswers() {
        synchronized (lock) {
            gate.set(ProxyMode.NO_ANSWERS);
        }
    }

    /**
     * Holds back whatever comes, in each direction, until {@link #heal}. What comes meanwhile waits for that before it, so this
     * also bounds how much goes through.
     *
     * @param delay how long
     * @throws IllegalArgumentException if it is negative
     */
    public void delay(Duration delay) {
        slow(new Pace(delay, Long.MAX_VALUE));
    }

    /**
     * Lets so much through and no more, in each direction of each connection, until {@link #heal}.
     *
     * @param bytesPerSecond how much in a second, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public void throttle(long bytesPerSecond) {
        slow(new Pace(Duration.ZERO, bytesPerSecond));
    }

    private void slow(Pace pace) {
        synchronized (lock) {
            gate.set(ProxyMode.SLOW, pace);
        }
    }

    /** Forwards again at full speed, also what waited during a silence. */
    public void heal() {
        synchronized (lock) {
            gate.set(ProxyMode.PASS);
        }
    }

    /** {@return what has been counted so far; its figures are taken one after the other} */
    public ProxyTraffic traffic() {
        return new ProxyTraffic(accepted.sum(), live(), bytesToTarget.sum(), bytesToClient.sum());
    }

    /** {@return whether the proxy was closed, and its port is free} */
    public boolean isClosed() {
        return ended;
    }

    /** Stops listening, resets every connection and waits for the end of the proxy's threads. Idempotent. */
    @Override
    public void close() {
        closeServer();
        DaemonThreads.join(acceptor);
        links.keySet().forEach(Link::abort);
        links.values().forEach(DaemonThreads::join);
        ended = true;
    }

    private int live() {
        return (int) links.values().stream().filter(Thread::isAlive).count();
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                admit(server.accept());
            } catch (IOException e) {
                // the server socket was closed, or a client gave up between its connect and our accept
            }
        }
    }

    private void admit(Socket client) {
        accepted.increment();
        InetSocketAddress to = target;
        synchronized (lock) {
            if (to == null || gate.mode() == ProxyMode.CUT) {
                Sockets.reset(client);
            } else {
                run(new Link(client, identity, to, gate, bytesToTarget, bytesToClient));
            }
        }
    }

    private void run(Link link) {
        links.values().removeIf(thread -> !thread.isAlive());
        Thread thread = DaemonThreads.create(name + "-" + accepted.sum(), link);
        links.put(link, thread);
        thread.start();
    }
}
