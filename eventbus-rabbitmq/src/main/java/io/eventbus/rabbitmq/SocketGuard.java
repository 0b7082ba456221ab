package io.eventbus.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the socket of one connection, on demand and as soon as the client finds the connection broken. The client
 * itself first wants a lock that a writer holds for as long as its write hangs, which a broker that has gone silent can
 * make last for a quarter of an hour; closing the socket ends the write.
 */
final class SocketGuard extends DefaultExceptionHandler implements SocketConfigurator {

    private static final Logger LOG = LoggerFactory.getLogger(SocketGuard.class);

    private final Object lock = new Object();
    private @Nullable Socket socket;
    private boolean cut;

    @Override
    public void configure(Socket opened) throws IOException {
        synchronized (lock) {
            if (cut) {
                throw new IOException("the transport is closed");
            }
            socket = opened;
        }
    }

    /** Missed heartbeats, for one. Whoever uses the connection is told by its shutdown signal. */
    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable cause) {
        LOG.debug("connection {} is broken", connection, cause);
        cut();
    }

    /** Closes the socket, also one that is made later. Every call that is stuck in it returns. */
    void cut() {
        synchronized (lock) {
            cut = true;
            if (socket != null) {
                close(socket);
            }
        }
    }

    private static void close(Socket opened) {
        try {
            opened.setSoLinger(true, 0); // a TLS socket would wait for the writer to say goodbye
            opened.close();
        } catch (IOException e) {
            LOG.debug("the socket is closed already", e);
        }
    }
}
