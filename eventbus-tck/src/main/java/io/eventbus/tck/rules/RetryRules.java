package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.RetryPolicy;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTY: how often and when a failed event is handled again. */
@Conformance
public class RetryRules {

    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_NEEDED = 6;

    /** Run by JUnit. */
    public RetryRules() {}

    @Test
    @Rule("RTY-1")
    @DisplayName("a handler is called until it succeeds, at most as often as the policy says, whatever it says")
    final void attemptsMatrix(Kit kit) {
        IntStream.rangeClosed(1, MOST_ATTEMPTS).forEach(maxAttempts -> attemptsWith(kit, maxAttempts));
    }

    /** The number of an event is the attempt on which its handler succeeds. */
    private static void attemptsWith(Kit kit, int maxAttempts) {
        String topic = kit.name("topic");
        Witness witness =
                Witness.failing(event -> event.attempt() < event.payload().number());
        BusUnderTest member = kit.member(
                topic, kit.name("group"), witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(maxAttempts)));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, MOST_NEEDED));
        IntStream.rangeClosed(1, MOST_NEEDED).forEach(n -> kit.fence(publisher, key(n), witness));
        for (int needed = 1; needed <= MOST_NEEDED; needed++) {
            assertEquals(
                    attempts(Math.min(needed, maxAttempts)),
                    witness.attempts(needed),
                    "of at most " + maxAttempts + " attempts, success on attempt " + needed);
        }
        Set<String> buried = kit.deadLetters(member, MOST_NEEDED - maxAttempts).stream()
                .map(RetryRules::keyOf)
                .collect(Collectors.toSet());
        Set<String> expected = IntStream.rangeClosed(maxAttempts + 1, MOST_NEEDED)
                .mapToObj(RetryRules::key)
                .collect(Collectors.toSet());
        assertEquals(expected, buried, "dead letters of at most " + maxAttempts + " attempts");
    }

    /** Each event has a key of its own. */
    private static List<Sample.Placed> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> Sample.placed(key(n), n))
                .toList();
    }

    private static String key(int number) {
        return "key " + number;
    }

    private static List<Integer> attempts(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    @Rule("RTY-3")
    @DisplayName("an exception declared not retryable ends the attempts, on the first and on a later one")
    final void notRetryable(Kit kit) {
        String topic = kit.name("topic");
        int hopelessAtOnce = 1;
        int hopelessLater = 2;
        int retryable = 3;
        Witness witness = new Witness(event -> {
            boolean hopeless = event.payload().number() == hopelessAtOnce
                    || (event.payload().number() == hopelessLater && event.attempt() == 2);
            throw hopeless ? new NumberFormatException("not retryable") : new IllegalStateException("retryable");
        });
        RetryPolicy policy = Kit.RETRY.withMaxAttempts(3).notRetrying(Set.of(IllegalArgumentException.class));
        BusUnderTest member = kit.member(topic, kit.name("group"), witness, builder -> builder.retry(policy));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, 3));
        IntStream.rangeClosed(1, 3).forEach(n -> kit.fence(publisher, key(n), witness));
        assertEquals(List.of(1), witness.attempts(hopelessAtOnce));
        assertEquals(List.of(1, 2), witness.attempts(hopelessLater));
        assertEquals(List.of(1, 2, 3), witness.attempts(retryable));
        Map<String, DeadLetterReason> reasons =
                kit.deadLetters(member, 3).stream().collect(Collectors.toMap(RetryRules::keyOf, DeadLetter::reason));
        assertEquals(
                Map.of(
                        key(hopelessAtOnce), DeadLetterReason.NOT_RETRYABLE,
                        key(hopelessLater), DeadLetterReason.NOT_RETRYABLE,
                        key(retryable), DeadLetterReason.ATTEMPTS_EXHAUSTED),
                reasons);
    }

    private static String keyOf(DeadLetter letter) {
        return String.valueOf(letter.event().key());
    }

    @Test
    @Rule("RTY-4")
    @DisplayName("events that fail in turns get all their attempts each")
    final void attemptsPerEvent(Kit kit) {
        String topic = kit.name("topic");
        Hold bothBegun = new Hold();
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        Witness witness = new Witness(event -> {
            if (begun.add(event.payload().number())) {
                bothBegun.here();
            }
            throw new IllegalStateException("told to fail");
        });
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, 2));
        kit.await().precondition().count("an attempt at each", bothBegun.arrivals(), 2);
        bothBegun.release();
        IntStream.rangeClosed(1, 2).forEach(n -> kit.fence(publisher, key(n), witness));
        assertEquals(attempts(Kit.RETRY.maxAttempts()), witness.attempts(1));
        assertEquals(attempts(Kit.RETRY.maxAttempts()), witness.attempts(2));
        assertEquals(2, kit.deadLetters(member, 2).size());
    }

    @Test
    @Rule("RTY-4")
    @DisplayName("groups that fail in turns get all attempts at the event each")
    final void attemptsPerGroup(Kit kit) {
        String topic = kit.name("topic");
        Witness one = Witness.failing(event -> true);
        Witness other = Witness.failing(event -> event.attempt() < Kit.RETRY.maxAttempts());
        BusUnderTest memberOfOne = kit.member(topic, kit.name("one"), one);
        BusUnderTest memberOfOther = kit.member(topic, kit.name("other"), other);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, 2));
        IntStream.rangeClosed(1, 2).forEach(n -> kit.fence(publisher, key(n), one, other));
        for (int number = 1; number <= 2; number++) {
            assertEquals(attempts(Kit.RETRY.maxAttempts()), one.attempts(number));
            assertEquals(attempts(Kit.RETRY.maxAttempts()), other.attempts(number));
        }
        assertEquals(2, kit.deadLetters(memberOfOne, 2).size());
        assertEquals(0, kit.deadLetters(memberOfOther, 0).size());
    }

    @Test
    @Rule("RTY-5")
    @DisplayName("closing does not wait for a pause between attempts, and the event comes again after reopening")
    final void closeDuringPause(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Duration closeTimeout = Duration.ofSeconds(2);
        Duration pause = Duration.ofSeconds(60);
        Witness before = Witness.failing(event -> event.payload().number() == 1);
        BusUnderTest member = kit.member(
                topic,
                group,
                before,
                builder -> builder.closeTimeout(closeTimeout).retry(Kit.RETRY.withBackoff(pause, pause)));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, 2));
        kit.await().precondition().count("a failed attempt and a success", before.calls(), 2);
        long start = System.nanoTime();
        member.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration limit = closeTimeout.plus(kit.timing().slack(closeTimeout));
        assertTrue(took.compareTo(limit) <= 0, "closing took " + took + " of at most " + closeTimeout);
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.fence(publisher, key(1), after);
        kit.fence(publisher, key(2), after);
        assertEquals(List.of(1), before.attempts(1));
        assertEquals(List.of(1), after.numbers());
    }
}
