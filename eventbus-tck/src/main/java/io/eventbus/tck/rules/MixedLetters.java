package io.eventbus.tck.rules;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A group with four dead letters that differ in type, key, reason and time. Each failed later than the one before, for it was
 * published when that was in the dead letters.
 */
final class MixedLetters {

    /** The key of the first. */
    static final String KEY = "key";

    /** The key of the second and the fourth. The third has none. */
    static final String OTHER_KEY = "other";

    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final Collected<String> handled = new Collected<>();
    private final BusUnderTest member;
    private final List<DeadLetter> letters;

    MixedLetters(Kit kit) {
        member = kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group"))
                        .retry(Kit.RETRY.withMaxAttempts(2).notRetrying(Set.of(Hopeless.class))));
        member.bus().subscribeToAllEvents(this::handle);
        member.start();
        letters = bury(
                kit,
                List.of(
                        Event.of(Sample.placed(KEY, 1)),
                        Event.of(new Sample.Shipped(OTHER_KEY, 2)),
                        Event.of(raw("Bill", "Unheard", null, "{}")),
                        Event.of(raw("Order", "Placed", OTHER_KEY, "{"))));
    }

    private static RawEvent raw(String aggregateType, String type, @Nullable String key, String body) {
        return new RawEvent(aggregateType, type, key, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private void handle(Event<Object> event) {
        if (!failing.get()) {
            handled.add(event.id());
        } else if (event.payload() instanceof Sample.Shipped) {
            throw new Hopeless();
        } else {
            throw new IllegalStateException("told to fail");
        }
    }

    /** Not tried again. */
    private static final class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Hopeless() {
            super("told to give up");
        }
    }

    private List<DeadLetter> bury(Kit kit, List<Event<?>> events) {
        for (int i = 0; i < events.size(); i++) {
            member.bus().publish(events.get(i));
            FailingGroup.awaitBuried(kit, member, i + 1);
        }
        return kit.deadLetters(member, events.size());
    }

    DeadLetters desk() {
        return member.bus().deadLetters();
    }

    void succeed() {
        failing.set(false);
    }

    /** The ids of what is handled since it succeeds. */
    Collected<String> handled() {
        return handled;
    }

    /** {@code Order.Placed}, whose attempts are used up. */
    DeadLetter exhausted() {
        return letters.get(0);
    }

    /** {@code Order.Shipped}, which is not retried. */
    DeadLetter hopeless() {
        return letters.get(1);
    }

    /** {@code Bill.Unheard}, which nobody has registered. */
    DeadLetter unknown() {
        return letters.get(2);
    }

    /** {@code Order.Placed}, which cannot be decoded. */
    DeadLetter garbled() {
        return letters.get(3);
    }
}
