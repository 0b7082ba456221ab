package io.eventbus.cli.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was sent together, and what of it was found, be it as dead letters or as lines of their export: by the body, and
 * where several have the same, by all else.
 */
final class SentBatch {
    private static final Comparator<Message> FEWEST_OPEN =
            Comparator.comparingInt(message -> message.expectation.open().size());

    private final Map<ByteBuffer, List<Message>> before;
    private final Map<ByteBuffer, List<Message>> messages = new HashMap<>();
    private int size;
    private int found;
    private int bodiesAltered;
    private int headersAltered;
    private @Nullable String difference;

    private static final class Message {
        private final Expectation expectation;
        private boolean found;

        Message(Expectation expectation) {
            this.expectation = expectation;
        }
    }

    private SentBatch(Map<ByteBuffer, List<Message>> before) {
        this.before = before;
    }

    static SentBatch first() {
        return new SentBatch(Map.of());
    }

    /** An empty batch, among which repeats of this one may be found: they may come late when a session is lost. */
    SentBatch next() {
        return new SentBatch(messages);
    }

    void add(byte[] body, Expectation expectation) {
        messages.computeIfAbsent(ByteBuffer.wrap(body), none -> new ArrayList<>())
                .add(new Message(expectation));
        size++;
    }

    /** Each message is found once; what looks like one that was found is a repeat. */
    void find(Shown shown) {
        List<Message> sameBody = messages.getOrDefault(shown.body(), List.of());
        List<Message> equal = equal(sameBody, shown);
        if (!equal.isEmpty()) {
            take(equal);
        } else if (!equal(before.getOrDefault(shown.body(), List.of()), shown).isEmpty()) {
            return;
        } else if (sameBody.isEmpty()) {
            bodiesAltered++;
        } else {
            headersAltered++;
            difference = difference == null ? describe(sameBody, shown) : difference;
        }
    }

    int size() {
        return size;
    }

    /** How many were found with all that was sent. */
    int found() {
        return found;
    }

    /** How many had a body that was not sent. */
    int bodiesAltered() {
        return bodiesAltered;
    }

    /** How many had a body that was sent, and besides it what was not. */
    int headersAltered() {
        return headersAltered;
    }

    /** How many were not found although nothing can read them: they are lost, or were taken for what they are not. */
    int unreadableNotFound() {
        int count = 0;
        for (Map.Entry<ByteBuffer, List<Message>> sameBody : messages.entrySet()) {
            byte[] body = sameBody.getKey().array();
            for (Message message : sameBody.getValue()) {
                if (!message.found && !Fuzzed.isIn(message.expectation, body)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** What the first of these had, for people; null if there was none. */
    @Nullable String difference() {
        return difference;
    }

    private static List<Message> equal(List<Message> sent, Shown shown) {
        return sent.stream()
                .filter(message -> message.expectation.difference(shown).isEmpty())
                .toList();
    }

    /** Of several, that with the same id is meant. */
    private static @Nullable String describe(List<Message> sameBody, Shown shown) {
        Expectation meant = sameBody.stream()
                .map(message -> message.expectation)
                .filter(expectation -> expectation.hasIdOf(shown))
                .findFirst()
                .orElse(sameBody.get(0).expectation);
        return meant.difference(shown).orElse(null);
    }

    /** The one of which least is open: another may still be found as something else, this one may not. */
    private void take(List<Message> alike) {
        Stream<Message> missing = alike.stream().filter(message -> !message.found);
        missing.min(FEWEST_OPEN).ifPresent(message -> {
            message.found = true;
            found++;
        });
    }
}
