package io.eventbus.internal;

import io.eventbus.BrokerException;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetters;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The dead letters of one group. Thread-safe. */
final class DeadLetterDesk implements DeadLetters {
    private static final int PAGE = 100;

    private final Parts parts;
    private final Group group;

    DeadLetterDesk(Parts parts, Group group) {
        this.parts = parts;
        this.group = group;
    }

    @Override
    public long count() {
        return ask(admin -> admin.describe(group).deadLetters());
    }

    @Override
    public List<DeadLetter> list(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more");
        }
        return ask(admin -> {
            try (DeadLetterCursor cursor = admin.openDeadLetters(group)) {
                return read(cursor, limit);
            }
        });
    }

    @Override
    public boolean replay(String eventId) {
        return ask(admin -> {
            try (DeadLetterCursor cursor = admin.openDeadLetters(group)) {
                return replay(cursor, eventId);
            }
        });
    }

    /** Ends after as many as there were: one that fails again at once comes again at the end. */
    @Override
    public int replayAll() {
        return ask(admin -> {
            long there = admin.describe(group).deadLetters();
            try (DeadLetterCursor cursor = admin.openDeadLetters(group)) {
                return replay(cursor, there);
            }
        });
    }

    @Override
    public long purge() {
        return ask(admin -> admin.purgeDeadLetters(group));
    }

    private List<DeadLetter> read(DeadLetterCursor cursor, int limit) {
        List<DeadLetter> letters = new ArrayList<>();
        while (letters.size() < limit) {
            List<Message> page = cursor.next(Math.min(PAGE, limit - letters.size()));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(letter -> letters.add(DeadLetterMessage.read(letter, parts.envelopes(), group)));
        }
        return letters;
    }

    private boolean replay(DeadLetterCursor cursor, String eventId) {
        for (List<Message> page = cursor.next(PAGE); !page.isEmpty(); page = cursor.next(PAGE)) {
            for (Message letter : page) {
                if (letter.id().equals(eventId)) {
                    replay(cursor, letter);
                    return true;
                }
            }
        }
        return false;
    }

    private int replay(DeadLetterCursor cursor, long limit) {
        int replayed = 0;
        while (replayed < limit) {
            List<Message> page = cursor.next((int) Math.min(PAGE, limit - replayed));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(letter -> replay(cursor, letter));
            replayed += page.size();
        }
        return replayed;
    }

    /** Accepted first, removed then: a crash in between leaves both. */
    private void replay(DeadLetterCursor cursor, Message letter) {
        Message event = DeadLetterMessage.withoutDiagnosis(letter).plus(Map.of(HeaderNames.INBOX, group.name()));
        Waiting.on(parts.pipeline()
                .publish(new Destination.Inbox(group), event, parts.pipeline().deadline()));
        cursor.remove(letter);
    }

    private <T> T ask(Function<TransportAdmin, T> question) {
        parts.lifecycle().requireStarted();
        try {
            return question.apply(parts.transport().admin());
        } catch (TransportException e) {
            throw new BrokerException("asking about the dead letters of " + group + " failed: " + e.getMessage(), e);
        }
    }
}
