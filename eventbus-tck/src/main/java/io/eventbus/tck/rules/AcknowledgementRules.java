package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK: when an event is settled, and what becomes of one that is not. */
@Conformance
public class AcknowledgementRules {

    /** Run by JUnit. */
    public AcknowledgementRules() {}

    @Test
    @Rule("ACK-1")
    @DisplayName("an event whose handler is still running when its member is lost goes to another member")
    final void unfinishedEventIsDeliveredAgain(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BusUnderTest first = kit.member(topic, group);
        first.bus().subscribe(Sample.Placed.class, event -> {
            running.countDown();
            release.await();
        });
        first.start();
        kit.publisher(topic).bus().publish(Sample.placed("k", 1));
        kit.await().precondition().latch("the handler of the first member", running);
        first.crash();
        Collected<Integer> second = new Collected<>();
        BusUnderTest other = kit.member(topic, group);
        other.bus()
                .subscribe(
                        Sample.Placed.class, event -> second.add(event.payload().number()));
        other.start();
        kit.await().count("the event at the second member", second, 1);
        release.countDown();
        assertEquals(List.of(1), second.snapshot());
    }

    @Test
    @Rule("ACK-5")
    @DisplayName("attempts are counted from 1")
    final void attemptsAreCounted(Kit kit) {
        Collected<Integer> attempts = new Collected<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group"))
                        .retry(io.eventbus.RetryPolicy.defaults()
                                .withMaxAttempts(5)
                                .withBackoff(java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(2))));
        bus.bus().subscribe(Sample.Placed.class, event -> {
            attempts.add(event.attempt());
            if (event.attempt() < 5) {
                throw new IllegalStateException("not yet");
            }
        });
        bus.start();
        bus.bus().publish(Sample.placed("k", 1));
        assertEquals(List.of(1, 2, 3, 4, 5), kit.await().count("five attempts", attempts, 5));
    }
}
