package io.eventbus.brokers;

import java.util.Locale;

/**
 * A running RabbitMQ. The shared one comes from the first of these that there is, a launched one from the
 * second or the third:
 *
 * <ol>
 *   <li>the URL in the environment variable {@value #URL_VARIABLE}: used as it is, never controlled;
 *   <li>Docker, if an engine answers;
 *   <li>the {@code rabbitmq-server} installed on this machine, as a child process on random ports of 127.0.0.1.
 * </ol>
 *
 * <pre>{@code
 * try (RabbitMqBroker broker = RabbitMqBroker.launch()) {
 *     publishTo(broker.url());
 *     broker.restart();
 *     consumeFrom(broker.url());
 * }
 * }</pre>
 */
public sealed interface RabbitMqBroker extends Broker permits GivenRabbitMq, SharedRabbitMq, StartedRabbitMq {

    /** The environment variable with the URL of a RabbitMQ that runs already. */
    String URL_VARIABLE = "EVENTBUS_RABBITMQ_URL";

    /**
     * The RabbitMQ that all of this JVM share: started by the first call, ended with the JVM. It takes seconds to start
     * and a vhost takes milliseconds, so tests share it and make a {@linkplain #newVhost() vhost} each. It can be
     * neither killed nor frozen, and {@link #close()} on it has no effect.
     *
     * @return the shared broker, usable
     * @throws BrokerException if no RabbitMQ can be had; the message says what to install
     */
    static RabbitMqBroker shared() {
        return SharedRabbitMq.instance();
    }

    /**
     * A RabbitMQ for the caller alone, to be killed and frozen at will; the caller closes it. Always started here.
     *
     * @return a new broker, usable
     * @throws BrokerException if no RabbitMQ can be had; the message says what to install
     */
    static RabbitMqBroker launch() {
        return RabbitMqSources.ofThisMachine().start();
    }

    @Override
    default int port() {
        int port = url().getPort();
        if (port >= 0) {
            return port;
        }
        return url().getScheme().toLowerCase(Locale.ROOT).equals("amqps") ? 5671 : 5672;
    }

    /**
     * Runs {@code rabbitmqctl}, for instance {@code ctl("add_user", "ann", "secret")} or
     * {@code ctl("list_queues", "-p", vhost, "name", "messages")}. Takes about half a second.
     *
     * @param arguments the command and its arguments
     * @return what it printed to standard output
     * @throws BrokerException if it ends with an error; the message has what it printed
     * @throws UnsupportedOperationException without {@link Control#ADMINISTER}
     */
    default String ctl(String... arguments) {
        throw new UnsupportedOperationException(this + " cannot be administered");
    }

    /**
     * Makes an empty vhost on which the user of {@link #url()} may do everything.
     *
     * @return the vhost; the caller closes it
     * @throws BrokerException if the broker does not make it
     * @throws UnsupportedOperationException without {@link Control#ADMINISTER}
     */
    default Vhost newVhost() {
        throw new UnsupportedOperationException(this + " cannot be given another vhost");
    }
}
