package io.eventbus.internal;

import io.eventbus.InvalidEventException;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses what the transport cannot carry before anything is sent. */
final class MessageLimits {
    private static final int MAX_NAME = 200;
    private static final int MAX_KEY = 1024;

    private final Limits limits;

    MessageLimits(Limits limits) {
        this.limits = limits;
    }

    void check(Message message) {
        String id = message.id();
        checkText(id, "id", id, MAX_NAME);
        if (id.isEmpty()) {
            throw refused(id, "the id is empty");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw refused(id, "the id holds a control character");
        }
        checkText(id, "aggregate type", message.aggregateType(), MAX_NAME);
        checkText(id, "type", message.type(), MAX_NAME);
        if (message.type().isEmpty()) {
            throw refused(id, "the type is empty");
        }
        checkText(id, "content type", message.contentType(), MAX_NAME);
        checkText(id, "key", message.key(), MAX_KEY);
        checkText(id, "correlation id", message.attributes().get(HeaderNames.CORRELATION_ID), MAX_KEY);
        checkText(id, "causation id", message.attributes().get(HeaderNames.CAUSATION_ID), MAX_KEY);
        checkText(id, "routing key", message.routingKey(), limits.maxRoutingKey());
        checkHeaders(id, message.headers());
        int size = message.body().length;
        if (size > limits.maxPayload()) {
            throw refused(
                    id, "the payload has " + size + " bytes; the transport carries at most " + limits.maxPayload());
        }
    }

    private void checkHeaders(String id, Map<String, String> headers) {
        int total = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (name.isEmpty()) {
                throw refused(id, "a header has an empty name");
            }
            total += checkText(id, "header name", name, limits.maxHeaderName());
            total += checkText(id, "header " + name, header.getValue(), limits.maxHeaders());
        }
        if (total > limits.maxHeaders()) {
            throw refused(
                    id, "the headers have " + total + " bytes; the transport carries at most " + limits.maxHeaders());
        }
    }

    /** Refuses a text that cannot be carried; says how many bytes one has that can. */
    private static int checkText(String id, String what, @Nullable String text, int maxBytes) {
        if (text == null) {
            return 0;
        }
        int size = sizeInUtf8(text);
        if (size < 0) {
            throw refused(id, "the " + what + " is not well-formed Unicode");
        }
        if (size > maxBytes) {
            throw refused(id, "the " + what + " has " + size + " bytes; at most " + maxBytes + " are possible");
        }
        return size;
    }

    /** Without encoding, since every text of every event is looked at; negative if it is not well-formed. */
    private static int sizeInUtf8(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next >= 0x800) {
                size += 2;
            } else if (next >= 0x80) {
                size++;
            }
            if (Character.isSurrogate(next)) {
                if (!Character.isHighSurrogate(next)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return -1;
                }
                i++; // two characters, four bytes
            }
        }
        return size;
    }

    private static InvalidEventException refused(String id, String problem) {
        return new InvalidEventException(id, "event " + id + " cannot be published: " + problem, null);
    }
}
