package io.eventbus.inmemory;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Message;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** A pass over the dead letters of a group. Takes nothing out of the store: several cursors see the same letters. */
final class MemoryDeadLetterCursor implements DeadLetterCursor {
    private final MemoryTransport transport;
    private final DeadLetterStore store;

    /** The numbers of the letters that were handed out last: content does not tell them apart. */
    private final IdentityHashMap<Message, Long> numbers = new IdentityHashMap<>();

    private long lastNumber;
    private boolean closed;

    MemoryDeadLetterCursor(MemoryTransport transport, DeadLetterStore store) {
        this.transport = transport;
        this.store = store;
    }

    @Override
    public List<Message> next(int max) {
        requireOpen();
        numbers.clear();
        List<Message> messages = new ArrayList<>();
        for (DeadLetterStore.Letter letter : store.after(lastNumber, max)) {
            Message message = letter.message().copy();
            numbers.put(message, letter.number());
            messages.add(message);
            lastNumber = letter.number();
        }
        return messages;
    }

    @Override
    public void remove(Message deadLetter) {
        requireOpen();
        Long number = numbers.get(deadLetter);
        if (number == null) {
            throw new IllegalArgumentException(
                    deadLetter + " is not an object that the last next() of this cursor returned");
        }
        store.remove(number);
    }

    @Override
    public void close() {
        closed = true;
        numbers.clear();
    }

    private void requireOpen() {
        transport.requireOpen();
        if (closed) {
            throw Refusal.closed("The cursor");
        }
    }
}
