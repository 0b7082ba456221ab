package io.eventbus.brokers;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a Kafka is started. Unchangeable; each method gives another one.
 *
 * @param proxiedListeners how many {@linkplain KafkaBroker#listeners() listeners} it has for clients behind a proxy, at
 *     most {@value #MAX_PROXIED_LISTENERS}
 * @param protocol the security protocol for clients, such as {@code PLAINTEXT} or {@code SASL_PLAINTEXT}
 * @param properties further ones of the broker; they take precedence over our own. Settings of the listener for clients
 *     have the prefix {@code listener.name.client.}, and are those of the listeners for clients behind a proxy too
 */
public record KafkaSettings(int proxiedListeners, String protocol, Map<String, String> properties) {

    /** The most listeners for clients behind a proxy. */
    public static final int MAX_PROXIED_LISTENERS = PortBlock.PROXIES;

    /** Checks and copies. */
    public KafkaSettings {
        if (proxiedListeners < 0 || proxiedListeners > MAX_PROXIED_LISTENERS) {
            throw new IllegalArgumentException(
                    "proxiedListeners is " + proxiedListeners + ", not 0 to " + MAX_PROXIED_LISTENERS);
        }
        properties = Map.copyOf(properties);
    }

    /** {@return no listener for proxies, no security, nothing further} */
    public static KafkaSettings plain() {
        return new KafkaSettings(0, "PLAINTEXT", Map.of());
    }

    /**
     * With listeners for clients behind a proxy.
     *
     * @param listeners how many
     * @return the settings with them
     */
    public KafkaSettings proxied(int listeners) {
        return new KafkaSettings(listeners, protocol, properties);
    }

    /**
     * With another security protocol for clients, also for those behind a proxy.
     *
     * @param securityProtocol the protocol, such as {@code SASL_PLAINTEXT}
     * @return the settings with it
     */
    public KafkaSettings secured(String securityProtocol) {
        return new KafkaSettings(proxiedListeners, securityProtocol, properties);
    }

    /**
     * With one more property of the broker.
     *
     * @param name the property
     * @param value its value
     * @return the settings with it
     */
    public KafkaSettings with(String name, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new KafkaSettings(proxiedListeners, protocol, more);
    }

    /**
     * For one that is never killed, since it would be waited for long after that: it is not fenced, and makes topics, also when it gets
     * no processor for seconds.
     *
     * @return the settings of such a broker
     */
    public KafkaSettings lasting() {
        return with("broker.session.timeout.ms", "60000");
    }

    /** {@return how many ports it listens on: for clients, for itself, for its controller, for clients behind proxies} */
    int ports() {
        return PortBlock.ALWAYS + proxiedListeners;
    }
}
