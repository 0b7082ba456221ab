package io.eventbus.brokers;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Asks whether RabbitMQ serves a URL, by a complete AMQP handshake: an open port alone does not tell. */
final class AmqpProbe {
    private static final int TIMEOUT_MILLIS = 5_000;

    private AmqpProbe() {}

    /**
     * Connects, logs in, opens the vhost and closes again.
     *
     * @throws IOException if one of these fails, also by time
     */
    static void handshake(URI url) throws IOException {
        try {
            factory(url).newConnection("probe").close(TIMEOUT_MILLIS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT_MILLIS + " ms", e);
        }
    }

    private static ConnectionFactory factory(URI url) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(url);
            if (factory.isSSL()) {
                // Otherwise the client trusts any certificate.
                factory.useSslProtocol(SSLContext.getDefault());
            }
        } catch (GeneralSecurityException e) {
            throw new BrokerException("This JVM cannot do TLS as the RabbitMQ client needs it", e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(TIMEOUT_MILLIS);
        factory.setHandshakeTimeout(TIMEOUT_MILLIS);
        return factory;
    }
}
