package io.eventbus.brokers;

import java.util.List;

/** A Kafka that was started here. */
interface KafkaServer extends Server {

    /** {@return its listeners for clients behind a proxy} */
    List<ProxiedListener> listeners();

    /** Runs a program of Kafka and gives back what it printed. Called from any thread. */
    String tool(String mainClass, String... arguments);
}
