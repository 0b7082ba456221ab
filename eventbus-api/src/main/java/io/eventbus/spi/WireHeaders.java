package io.eventbus.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The headers of a message as CloudEvents' binary mode puts them on the wire, the same for every broker but for the
 * prefix. Content type and body are not part of them: each broker has a place of its own for these.
 *
 * <p>Attributes go under the prefix, the engine's own (which begin with {@code eb-}) and the user's headers under their
 * plain names. A user's header whose name would be taken for one of the others goes under {@code eb-h-} and its name.
 */
public final class WireHeaders {
    private static final String OWN = "eb-";
    private static final String ESCAPED = "eb-h-";
    private static final String ROUTING_KEY = "eb-routing-key";
    private static final String SPEC_VERSION = "specversion";
    private static final String WRITTEN_VERSION = "1.0";

    private final String prefix;
    private final List<String> prefixes;
    private final Predicate<String> brokers;

    /**
     * The headers of one broker.
     *
     * @param prefix what attributes are written with, such as {@code ce_}
     * @param alsoRead other prefixes that mark an attribute in what others wrote
     * @param brokers the header names that belong to the broker, in the case that it knows them in; they are not read as the
     *     user's
     */
    public WireHeaders(String prefix, List<String> alsoRead, Predicate<String> brokers) {
        this.prefix = prefix;
        this.prefixes = Stream.concat(Stream.of(prefix), alsoRead.stream()).toList();
        this.brokers = brokers;
    }

    /**
     * The headers to send.
     *
     * @param message the message
     * @return names and values, without content type and body
     */
    public Map<String, String> write(Message message) {
        Map<String, String> wire = new HashMap<>();
        wire.put(prefix + SPEC_VERSION, WRITTEN_VERSION);
        putUnlessEmpty(wire, "id", message.id());
        putUnlessEmpty(wire, "type", message.type());
        putUnlessEmpty(wire, "aggregatetype", message.aggregateType());
        if (message.key() != null) {
            wire.put(prefix + "partitionkey", message.key());
        }
        if (!message.routingKey().equals(message.typeKey())) {
            wire.put(ROUTING_KEY, message.routingKey());
        }
        message.attributes().forEach((name, value) -> wire.put(name.startsWith(OWN) ? name : prefix + name, value));
        message.headers().forEach((name, value) -> wire.put(isReserved(name) ? ESCAPED + name : name, value));
        return wire;
    }

    /**
     * The message that was received.
     *
     * @param wire names and values
     * @param contentType the media type of the body, or an empty string
     * @param body the payload
     * @return the message; fields that the wire lacks are empty
     */
    public Message read(Map<String, String> wire, String contentType, byte[] body) {
        Map<String, String> attributes = new HashMap<>();
        Map<String, String> headers = new HashMap<>();
        wire.forEach((name, value) -> sort(name, value, attributes, headers));
        attributes.remove(SPEC_VERSION, WRITTEN_VERSION);
        String aggregateType = take(attributes, "aggregatetype");
        String type = take(attributes, "type");
        String routingKey = attributes.remove(ROUTING_KEY);
        return new Message(
                take(attributes, "id"),
                aggregateType,
                type,
                attributes.remove("partitionkey"),
                routingKey == null ? Message.typeKey(aggregateType, type) : routingKey,
                contentType,
                attributes,
                headers,
                body);
    }

    private void putUnlessEmpty(Map<String, String> wire, String attribute, String value) {
        if (!value.isEmpty()) {
            wire.put(prefix + attribute, value);
        }
    }

    private void sort(String name, String value, Map<String, String> attributes, Map<String, String> headers) {
        if (name.startsWith(ESCAPED)) {
            headers.put(name.substring(ESCAPED.length()), value);
        } else if (name.startsWith(OWN)) {
            attributes.put(name, value);
        } else if (!brokers.test(name)) {
            attributePrefix(name)
                    .ifPresentOrElse(
                            found -> attributes.put(name.substring(found.length()), value),
                            () -> headers.put(name, value));
        }
    }

    /** The engine's own attributes have no prefix: what has one, and one of their names, is something else. */
    private Optional<String> attributePrefix(String name) {
        return prefixes.stream()
                .filter(name::startsWith)
                .filter(found -> !name.startsWith(OWN, found.length()))
                .findFirst();
    }

    private boolean isReserved(String name) {
        return name.startsWith(OWN) || attributePrefix(name).isPresent() || brokers.test(name);
    }

    private static String take(Map<String, String> attributes, String name) {
        String value = attributes.remove(name);
        return value == null ? "" : value;
    }
}
