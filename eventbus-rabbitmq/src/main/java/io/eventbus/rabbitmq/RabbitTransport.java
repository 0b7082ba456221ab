package io.eventbus.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Opens sessions, each with a connection of its own. */
final class RabbitTransport implements Transport {

    /** A message's headers must fit into one frame of 128 KiB, together with what the bus adds. */
    private static final int MAX_HEADERS = 64 * 1024;

    private static final int MAX_HEADER_NAME = 200;

    private static final Duration MIN_CONSUMER_TIMEOUT = Duration.ofSeconds(1);

    private final Connector connector;
    private final AmqpErrors errors;
    private final RabbitTopology topology;
    private final Limits limits;
    private final Duration consumerTimeout;

    RabbitTransport(TransportConfig config) {
        BrokerUrl url = BrokerUrl.parse(config.url());
        this.connector = new Connector(url, config);
        this.errors = new AmqpErrors(url);
        this.topology = new RabbitTopology(config.text(RabbitTransportProvider.QUEUE_TYPE));
        this.limits = new Limits(
                config.integer(RabbitTransportProvider.MAX_PAYLOAD),
                MAX_HEADERS,
                MAX_HEADER_NAME,
                ShortString.MAX_BYTES);
        this.consumerTimeout = consumerTimeout(config);
    }

    private static Duration consumerTimeout(TransportConfig config) {
        Duration timeout = config.duration(RabbitTransportProvider.CONSUMER_TIMEOUT);
        if (timeout.compareTo(MIN_CONSUMER_TIMEOUT) < 0) {
            throw new IllegalArgumentException(RabbitTransportProvider.CONSUMER_TIMEOUT.name() + " is "
                    + timeout.toMillis() + "ms; expected at least " + MIN_CONSUMER_TIMEOUT.toSeconds() + "s");
        }
        return timeout;
    }

    @Override
    public Set<Capability> capabilities() {
        return topology.countsDeliveries()
                ? Set.of(Capability.DURABLE, Capability.DELIVERY_COUNT)
                : Set.of(Capability.DURABLE);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Optional<Duration> holdLimit() {
        return Optional.of(consumerTimeout);
    }

    @Override
    public Sender openSender() {
        return open("cannot open a session", connection -> new RabbitSender(connection, topology, errors));
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        return open("cannot " + spec.purpose(), connection -> new RabbitReceiver(connection, spec, topology, errors));
    }

    @Override
    public TransportAdmin admin() {
        return new RabbitAdmin(this, topology, errors);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        return nativeType == ConnectionFactory.class
                ? Optional.of(nativeType.cast(connector.copyOfFactory()))
                : Optional.empty();
    }

    @Override
    public void close() {
        connector.cutAll();
    }

    /** Opens a connection and makes something of it; what was made owns the connection. */
    <T> T open(String what, Opening<T> opening) {
        Connection connection = connect(what);
        try {
            return opening.on(connection);
        } catch (IOException | TimeoutException | ShutdownSignalException | IllegalArgumentException e) {
            Connector.close(connection);
            throw errors.failed(what, e);
        } catch (RuntimeException e) {
            Connector.close(connection);
            throw e;
        }
    }

    /** Opens a connection, asks something and closes it. */
    <T> T ask(String what, Opening<T> question) {
        return open(what, connection -> {
            T answer = question.on(connection);
            Connector.close(connection);
            return answer;
        });
    }

    private Connection connect(String what) {
        try {
            return connector.open();
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw errors.failed(what, e);
        }
    }

    /** What is made of a connection, or asked on it. */
    interface Opening<T> {
        T on(Connection connection) throws IOException, TimeoutException;
    }
}
