package io.eventbus.brokers;

/**
 * A further port of a Kafka, for clients behind a proxy. Kafka tells its clients where to connect: whoever asks at this
 * port is sent to the proxy, so that all connections of the client go through it.
 *
 * @param port the port at which Kafka listens, the target of the proxy
 * @param advertisedPort the port of 127.0.0.1 at which the proxy has to listen; nobody listens there before
 */
public record ProxiedListener(int port, int advertisedPort) {}
