package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.HandlerTimeoutException;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTY-7: a handler that takes too long. */
@Conformance
public class HandlerTimeoutRules {

    private static final SubscriptionOptions SHORT =
            SubscriptionOptions.defaults().withHandlerTimeout(Duration.ofMillis(50));

    private static final int ATTEMPTS = 2;
    private static final int SLOW = 1;
    private static final int NEXT = 2;

    /** Run by JUnit. */
    public HandlerTimeoutRules() {}

    private static BusUnderTest member(Kit kit) {
        return kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group")).retry(Kit.RETRY.withMaxAttempts(ATTEMPTS)));
    }

    private static void publish(BusUnderTest bus) {
        bus.start().bus().publish(List.of(Sample.placed("key", SLOW), Sample.placed("key", NEXT)));
    }

    @Test
    @Rule("RTY-7")
    @DisplayName("a handler that takes too long is interrupted, and has failed, at each attempt")
    final void interrupted(Kit kit) {
        Collected<Integer> interrupted = new Collected<>();
        Collected<Integer> handled = new Collected<>();
        Hold forEver = new Hold();
        BusUnderTest member = member(kit);
        member.bus()
                .subscribe(
                        Sample.Placed.class,
                        event -> {
                            if (event.payload().number() == SLOW) {
                                try {
                                    forEver.here();
                                } catch (InterruptedException e) {
                                    interrupted.add(event.attempt());
                                    throw e;
                                }
                            }
                            handled.add(event.payload().number());
                        },
                        SHORT);
        publish(member);
        requireTimedOut(kit, member);
        assertEquals(List.of(1, ATTEMPTS), interrupted.snapshot(), "attempts that were interrupted");
        assertEquals(List.of(NEXT), kit.await().count("the next of the key", handled, 1));
    }

    @Test
    @Rule("RTY-7")
    @DisplayName("the stage of a handler that takes too long is cancelled, and has failed, at each attempt")
    final void cancelled(Kit kit) {
        Collected<CompletableFuture<Void>> stages = new Collected<>();
        Collected<Integer> handled = new Collected<>();
        BusUnderTest member = member(kit);
        member.bus()
                .subscribeAsync(
                        Binding.type(Sample.Placed.class),
                        event -> {
                            if (event.payload().number() == SLOW) {
                                CompletableFuture<Void> never = new CompletableFuture<>();
                                stages.add(never);
                                return never;
                            }
                            handled.add(event.payload().number());
                            return CompletableFuture.completedFuture(null);
                        },
                        SHORT);
        publish(member);
        requireTimedOut(kit, member);
        assertEquals(ATTEMPTS, stages.size(), "attempts");
        assertTrue(stages.snapshot().stream().allMatch(CompletableFuture::isCancelled), "their stages are cancelled");
        assertEquals(List.of(NEXT), kit.await().count("the next of the key", handled, 1));
    }

    private static void requireTimedOut(Kit kit, BusUnderTest member) {
        DeadLetter letter = kit.deadLetters(member, 1).get(0);
        assertEquals(DeadLetterReason.ATTEMPTS_EXHAUSTED, letter.reason());
        assertEquals(HandlerTimeoutException.class.getName(), letter.exceptionType());
        assertEquals(ATTEMPTS, letter.attempts());
    }

    @Test
    @Rule("RTY-7")
    @DisplayName("while a handler that does not heed its time-out still runs, nothing of its key is handled")
    final void heedless(Kit kit) {
        Hold hold = new Hold();
        Collected<Integer> handled = new Collected<>();
        Collected<Integer> late = new Collected<>();
        BusUnderTest member = member(kit);
        member.bus()
                .subscribe(
                        Sample.Placed.class,
                        event -> {
                            if (event.payload().number() == SLOW && event.attempt() == 1) {
                                heedlessly(hold, late);
                            }
                            handled.add(event.payload().number());
                        },
                        SHORT);
        publish(member);
        kit.await().count("the interrupt", late, 1);
        kit.quiet().holds("nothing of its key is handled", () -> handled.size() == 0);
        hold.release();
        assertEquals(List.of(SLOW, SLOW, NEXT), kit.await().count("both events, the slow one twice", handled, 3));
    }

    private static void heedlessly(Hold hold, Collected<Integer> late) {
        while (true) {
            try {
                hold.here();
                return;
            } catch (InterruptedException e) {
                late.add(1);
            }
        }
    }
}
