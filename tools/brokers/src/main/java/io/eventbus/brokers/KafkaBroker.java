package io.eventbus.brokers;

import java.util.List;

/**
 * A running Kafka of one node. The shared one comes from the first of these that there is, a launched one from the
 * second or the third:
 *
 * <ol>
 *   <li>the URL in the environment variable {@value #URL_VARIABLE}: used as it is, never controlled;
 *   <li>Docker, if an engine answers;
 *   <li>a Kafka from Maven's artifacts, as a child JVM on random ports of 127.0.0.1. Its class path is its own: nothing
 *       of it is on that of its user.
 * </ol>
 *
 * <pre>{@code
 * try (KafkaBroker broker = KafkaBroker.launch()) {
 *     publishTo(broker.url());
 *     broker.restart();
 *     consumeFrom(broker.url());
 * }
 * }</pre>
 *
 * <p>One that is started here makes no topic by itself.
 */
public sealed interface KafkaBroker extends Broker permits GivenKafka, SharedKafka, StartedKafka {

    /** The environment variable with the URL of a Kafka that runs already. */
    String URL_VARIABLE = "EVENTBUS_KAFKA_URL";

    /**
     * The Kafka that all of this JVM share: started by the first call, ended with the JVM. It takes seconds to start. It
     * can be neither killed nor frozen, has no listener for proxies, and {@link #close()} on it has no effect.
     *
     * @return the shared broker, usable
     * @throws BrokerException if no Kafka can be had; the message says what to do
     */
    static KafkaBroker shared() {
        return SharedKafka.instance();
    }

    /**
     * A Kafka for the caller alone, to be killed and frozen at will; the caller closes it. Always started here.
     *
     * @return a new broker, usable
     * @throws BrokerException if no Kafka can be had; the message says what to do
     */
    static KafkaBroker launch() {
        return launch(KafkaSettings.plain());
    }

    /**
     * A Kafka with settings, for instance {@code launch(KafkaSettings.plain().proxied(48))}. Always started
     * here.
     *
     * @param settings what it has besides the usual
     * @return a new broker, usable; the caller closes it
     * @throws BrokerException if it cannot be started; the message ends with the last lines of its log
     */
    static KafkaBroker launch(KafkaSettings settings) {
        return KafkaSources.ofThisMachine().start(settings);
    }

    /** {@return the host of the first server in the URL} */
    @Override
    default String host() {
        return server().substring(0, server().lastIndexOf(':'));
    }

    @Override
    default int port() {
        return Integer.parseInt(server().substring(server().lastIndexOf(':') + 1));
    }

    private String server() {
        String first = url().getRawAuthority().split(",", 2)[0];
        return first.matches(".*:\\d+") ? first : first + ":9092";
    }

    /**
     * Further ports for clients behind a proxy: a client that is given the advertised port of one of them as its only
     * server has all its connections through the proxy there.
     *
     * @return as many as {@link KafkaSettings#proxiedListeners()}, the same after a restart; unmodifiable
     */
    List<ProxiedListener> listeners();

    /**
     * Runs a program of Kafka, for instance {@code tool("org.apache.kafka.tools.TopicCommand", "--bootstrap-server",
     * broker.host() + ":" + broker.port(), "--list")}. Takes a second or more.
     *
     * @param mainClass the program
     * @param arguments its arguments
     * @return what it printed to standard output
     * @throws BrokerException if it ends with an error; the message has what it printed
     * @throws UnsupportedOperationException without {@link Control#ADMINISTER}
     */
    default String tool(String mainClass, String... arguments) {
        throw new UnsupportedOperationException(this + " cannot be administered");
    }
}
