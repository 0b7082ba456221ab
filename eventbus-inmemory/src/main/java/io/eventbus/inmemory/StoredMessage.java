package io.eventbus.inmemory;

import io.eventbus.spi.Message;

/** A message inside the broker. Shares its bytes with nobody outside: they are copied on the way in and on the way out. */
final class StoredMessage {
    private final Message message;

    StoredMessage(Message original) {
        message = copy(original);
    }

    Message copy() {
        return copy(message);
    }

    private static Message copy(Message original) {
        return new Message(
                original.id(),
                original.aggregateType(),
                original.type(),
                original.key(),
                original.routingKey(),
                original.contentType(),
                original.attributes(),
                original.headers(),
                original.body().clone());
    }
}
