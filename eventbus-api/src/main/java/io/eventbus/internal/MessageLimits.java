package io.eventbus.internal;

import io.eventbus.InvalidEventException;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
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
        require(id, !id.isEmpty(), "the id is empty");
        require(id, id.codePoints().noneMatch(Character::isISOControl), "the id holds a control character");
        checkText(id, "aggregate type", message.aggregateType(), MAX_NAME);
        checkText(id, "type", message.type(), MAX_NAME);
        require(id, !message.type().isEmpty(), "the type is empty");
        checkText(id, "content type", message.contentType(), MAX_NAME);
        checkText(id, "key", message.key(), MAX_KEY);
        checkText(id, "correlation id", message.attributes().get(HeaderNames.CORRELATION_ID), MAX_KEY);
        checkText(id, "causation id", message.attributes().get(HeaderNames.CAUSATION_ID), MAX_KEY);
        checkText(id, "routing key", message.routingKey(), limits.maxRoutingKey());
        checkHeaders(id, message.headers());
        int size = message.body().length;
        require(
                id,
                size <= limits.maxPayload(),
                "the payload has " + size + " bytes; the transport carries at most " + limits.maxPayload());
    }

    private void checkHeaders(String id, Map<String, String> headers) {
        int total = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            require(id, !name.isEmpty(), "a header has an empty name");
            checkText(id, "header name", name, limits.maxHeaderName());
            checkText(id, "header " + name, header.getValue(), limits.maxHeaders());
            total += size(name) + size(header.getValue());
        }
        require(
                id,
                total <= limits.maxHeaders(),
                "the headers have " + total + " bytes; the transport carries at most " + limits.maxHeaders());
    }

    private static void checkText(String id, String what, @Nullable String text, int maxBytes) {
        if (text != null) {
            require(
                    id,
                    StandardCharsets.UTF_8.newEncoder().canEncode(text),
                    "the " + what + " is not well-formed Unicode");
            int size = size(text);
            require(
                    id,
                    size <= maxBytes,
                    "the " + what + " has " + size + " bytes; at most " + maxBytes + " are possible");
        }
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(String id, boolean good, String problem) {
        if (!good) {
            throw new InvalidEventException(id, "event " + id + " cannot be published: " + problem, null);
        }
    }
}
