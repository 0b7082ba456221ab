package io.eventbus.rabbitmq;

import java.nio.charset.StandardCharsets;

/** AMQP's short string, in which names, routing keys and properties are written. */
final class ShortString {
    static final int MAX_BYTES = 255;

    private ShortString() {}

    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean fits(String text) {
        return size(text) <= MAX_BYTES;
    }
}
