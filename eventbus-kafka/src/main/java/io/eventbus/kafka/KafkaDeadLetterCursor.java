package io.eventbus.kafka;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One pass over the dead letters that were there when it began. Removing one writes that it is gone. */
final class KafkaDeadLetterCursor implements DeadLetterCursor {

    private final KafkaTransport transport;
    private final Group group;
    private final DeadLetterLog letters;
    private final Queue<ConsumerRecord<byte[], byte[]>> page = new ArrayDeque<>();
    private final IdentityHashMap<Message, String> keys = new IdentityHashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaDeadLetterCursor(KafkaTransport transport, Group group, DeadLetterLog letters) {
        this.transport = transport;
        this.group = group;
        this.letters = letters;
    }

    @Override
    public List<Message> next(int max) {
        String what = "cannot read the dead letters of " + group;
        try {
            if (page.isEmpty()) {
                page.addAll(letters.next(() -> transport.inquiry(what)));
            }
        } catch (KafkaException e) {
            throw transport.errors().failed(what, e);
        }
        keys.clear();
        List<Message> messages = new ArrayList<>();
        while (messages.size() < max && !page.isEmpty()) {
            ConsumerRecord<byte[], byte[]> letter = page.remove();
            Message message = KafkaWire.readDeadLetter(letter);
            keys.put(message, String.valueOf(KafkaWire.key(letter)));
            messages.add(message);
        }
        return messages;
    }

    @Override
    public void remove(Message deadLetter) {
        String key = keys.remove(deadLetter);
        if (key == null) {
            throw new IllegalArgumentException(
                    deadLetter + " is not from the last part of this pass, or was removed before");
        }
        long within = transport.settings().openTimeout().toNanos();
        try {
            producer()
                    .send(KafkaWire.tombstone(KafkaNames.deadLetters(group), key))
                    .get(within, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw failed(deadLetter, new InterruptException(e));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw failed(deadLetter, e);
        }
    }

    @Override
    public void close() {
        letters.close();
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> made = producer;
        if (made == null) {
            made = transport.clients().producer();
            producer = made;
        }
        return made;
    }

    private RuntimeException failed(Message deadLetter, Exception cause) {
        return transport.errors().lost("cannot remove " + deadLetter, Outcome.UNKNOWN, cause);
    }
}
