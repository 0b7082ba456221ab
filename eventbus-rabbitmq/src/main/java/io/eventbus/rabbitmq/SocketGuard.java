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
 * Closes the socket of a connection as soon as the client finds it broken. The client itself first wants a lock that
 * a writer holds for as long as its write hangs, which a broker that has gone silent can make last for a quarter of an
 * hour; closing the socket ends the write.
 */
final class SocketGuard extends DefaultExceptionHandler implements SocketConfigurator {

    private static final Logger LOG = LoggerFactory.getLogger(SocketGuard.class);

    private volatile @Nullable Socket socket;

    @Override
    public void configure(Socket opened) {
        socket = opened;
    }

    /** Missed heartbeats, for one. Whoever uses the connection is told by its shutdown signal. */
    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable cause) {
        LOG.debug("connection {} is broken", connection, cause);
        Socket opened = socket;
        if (opened == null) {
            return;
        }
        try {
            opened.setSoLinger(true, 0); // a TLS socket would wait for the writer to say goodbye
            opened.close();
        } catch (IOException e) {
            LOG.debug("socket of {} is closed already", connection, e);
        }
    }
}
