package io.eventbus.redis;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One connection, which ends when it breaks: the client library cannot make another under it. Used by one thread;
 * {@link #nudge} is for any.
 */
final class RedisLink {

    private final HostAndPort node;
    private final ChannelSocket raw;
    private final Socket socket;
    private final Client client;
    private final Duration limit;

    /**
     * Speaks through a connected socket.
     *
     * @param socket what the client library reads and writes: the raw one, or TLS above it
     * @param limit how long an answer may take
     */
    RedisLink(HostAndPort node, ChannelSocket raw, Socket socket, Duration limit) {
        this.node = node;
        this.raw = raw;
        this.socket = socket;
        this.limit = limit;
        this.client = new Client(once(socket));
    }

    /** Where it goes to. */
    HostAndPort node() {
        return node;
    }

    /** Asks one thing and waits for the answer, at most as long as an answer may take. */
    @Nullable Object ask(Request request) {
        return ask(request, Deadline.in(limit));
    }

    @Nullable Object ask(Request request, Deadline deadline) {
        send(request, deadline);
        return receive();
    }

    /** Asks without waiting for the answer; until {@link #receive}, or so much more is asked, it may not be on its way. */
    void send(Request request, Deadline deadline) {
        raw.deadline(deadline);
        client.sendCommand(request.command(), request.array());
    }

    /** Asks a thing for whose answer nobody waits yet, and sees to it that it is on its way. */
    void sendNow(Request request) {
        send(request, Deadline.in(limit));
        client.flush();
    }

    /** The next answer. */
    @Nullable Object receive() {
        return client.getOne();
    }

    /** The next answer, which may take its time from now on, however long ago it was asked for. */
    @Nullable Object receiveFromNow() {
        raw.deadline(Deadline.in(limit));
        return receive();
    }

    /** Waits until there is an answer or the end of the connection; false if neither came, or somebody nudged. */
    boolean await(long nanos) {
        try {
            return raw.awaitReadable(nanos);
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }

    /** Whether there is an answer that was not received, or the end of the connection. */
    boolean isReadable() {
        return await(0);
    }

    /** Ends a wait that goes on, or else the next. */
    void nudge() {
        raw.nudge();
    }

    /** Tells Redis that nothing more will be asked, which drops what still waits there. */
    void endOutput(Deadline deadline) {
        try {
            raw.deadline(deadline);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }

    void close() {
        raw.close();
    }

    private static JedisSocketFactory once(Socket connected) {
        AtomicReference<@Nullable Socket> left = new AtomicReference<>(connected);
        return () -> {
            Socket socket = left.getAndSet(null);
            if (socket == null) {
                throw new JedisConnectionException("the connection has ended");
            }
            return socket;
        };
    }

    /** The client library's connection, which otherwise writes what was sent only when it reads. */
    private static final class Client extends Connection {

        Client(JedisSocketFactory socketFactory) {
            super(socketFactory);
        }

        @Override
        public void flush() {
            super.flush();
        }
    }
}
