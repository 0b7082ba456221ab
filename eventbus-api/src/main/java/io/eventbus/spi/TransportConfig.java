package io.eventbus.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What a transport is made from. The options are complete and checked against the provider's descriptors.
 *
 * @param url where the broker is; may hold a password, so it is never printed
 * @param options every option of the provider by its full name, defaults filled in
 * @param openTimeout how long opening a session or asking the broker something may take
 * @param clientName what the broker may show its operator for this bus, such as {@code eventbus-orders}
 */
public record TransportConfig(URI url, Map<String, String> options, Duration openTimeout, String clientName) {

    /** Copies the options. */
    public TransportConfig {
        options = Map.copyOf(options);
    }

    /**
     * The value of an option of any type.
     *
     * @param option its descriptor
     * @return the value as text
     */
    public String text(OptionDescriptor option) {
        String value = options.get(option.name());
        return value == null ? option.defaultValue() : value;
    }

    /**
     * The value of an option of type {@link OptionDescriptor.Type#INTEGER}.
     *
     * @param option its descriptor
     * @return the value
     */
    public int integer(OptionDescriptor option) {
        return Integer.parseInt(text(option));
    }

    /**
     * The value of an option of type {@link OptionDescriptor.Type#DURATION}.
     *
     * @param option its descriptor
     * @return the value
     */
    public Duration duration(OptionDescriptor option) {
        return OptionDescriptor.parseDuration(text(option));
    }

    /** Names the transport's client and leaves out everything that may hold a secret. */
    @Override
    public String toString() {
        return "TransportConfig[" + url.getScheme() + ", " + options.keySet() + ", " + clientName + "]";
    }
}
