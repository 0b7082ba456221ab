package io.eventbus.brokers;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** A RabbitMQ that someone else runs: used, never controlled. */
final class GivenRabbitMq implements RabbitMqBroker {
    private final URI url;

    private GivenRabbitMq(URI url) {
        this.url = url;
    }

    static GivenRabbitMq at(String text) {
        GivenRabbitMq broker = new GivenRabbitMq(parse(text));
        try {
            AmqpProbe.handshake(broker.url);
        } catch (IOException e) {
            throw new BrokerException(
                    broker + " does not answer: " + e + ". Start it, correct " + URL_VARIABLE
                            + ", or unset it so that a RabbitMQ is started here",
                    e);
        }
        return broker;
    }

    private static URI parse(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            if (url.getHost() != null && (scheme.equalsIgnoreCase("amqp") || scheme.equalsIgnoreCase("amqps"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: it may hold a password, and the exception quotes it.
        }
        throw new BrokerException(URL_VARIABLE + " is not a URL like amqp://user:password@host:5672/vhost");
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Set<Control> controls() {
        return Set.of();
    }

    @Override
    public void close() {
        // It is not ours to end.
    }

    @Override
    public String toString() {
        return "The RabbitMQ at " + host() + ":" + port() + " given by " + URL_VARIABLE;
    }
}
