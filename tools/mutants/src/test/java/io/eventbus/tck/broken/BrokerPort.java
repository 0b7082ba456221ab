package io.eventbus.tck.broken;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where a broker in this JVM is reached by the network. A connection names its {@link Mailbox} and then rings for each letter. */
final class BrokerPort implements AutoCloseable {

    private static final int BACKLOG = 256;

    private final int port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<Socket, Thread> served = new ConcurrentHashMap<>(); // those that have said whose they are
    private ServerSocket server;

    BrokerPort() {
        server = listen(0);
        port = server.getLocalPort();
    }

    /** Where it listens, after a {@link #close} and an {@link #open} too. */
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Listens again. */
    void open() {
        server = listen(port);
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket listening = new ServerSocket(wanted, BACKLOG, InetAddress.getLoopbackAddress());
            start("accept", () -> acceptAll(listening));
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket listening) {
        try {
            while (true) {
                Socket connection = listening.accept();
                connections.add(connection);
                start("serve", () -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            Mailbox.claim(new DataInputStream(connection.getInputStream()).readLong())
                    .ifPresent(mailbox -> {
                        awaitHangUps();
                        served.put(connection, Thread.currentThread());
                        serve(connection, mailbox);
                    });
        } catch (IOException e) {
            // it ended before it had said whose it is
        } finally {
            connections.remove(connection);
            served.remove(connection);
        }
    }

    /** Whoever comes finds those gone that were reset before, however late their threads wake on a busy machine. */
    private void awaitHangUps() {
        served.forEach((connection, thread) -> {
            if (isReset(connection)) {
                join(thread);
            }
        });
    }

    private static boolean isReset(Socket connection) {
        try {
            connection.getOutputStream().write(Mailbox.NOTHING);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e); // nobody interrupts the broker
        }
    }

    /** An answer says no more than that a letter was opened; what came of it lies in this JVM. */
    private static void serve(Socket connection, Mailbox mailbox) {
        try {
            OutputStream out = connection.getOutputStream();
            do {
                out.write(Mailbox.RING);
            } while (connection.getInputStream().read() >= 0 && mailbox.openNext());
        } catch (IOException e) {
            // the end of the connection, as a short read is
        } finally {
            mailbox.hangUp();
        }
    }

    private static void start(String what, Runnable task) {
        Thread thread = new Thread(task, "breakable-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections, and takes no others. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
