package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the health hears of publishes that the broker does not take. */
class IntakeTest {

    private static final Destination TOPIC = new Destination.Topic("orders");
    private static final Destination DEAD_LETTERS = new Destination.DeadLetters(new Group("orders", "billing"));

    private final AtomicLong now = new AtomicLong();
    private final Intake intake = new Intake(() -> {}, now::get);

    @Test
    @DisplayName("says nothing while nothing was turned away")
    void quiet() {
        assertThat(intake.trouble()).isNull();
        assertThat(intake.since()).isEqualTo(Instant.MIN);
    }

    @Test
    @DisplayName("says why from the first publish that was turned away, and since when, though others follow")
    void turnedAway() {
        intake.turnedAway(TOPIC, "no memory");
        Instant since = intake.since();
        pass(9);
        intake.turnedAway(TOPIC, "no disk");
        pass(9);
        assertThat(intake.trouble()).contains("no disk");
        assertThat(intake.since()).isEqualTo(since);
    }

    @Test
    @DisplayName("says nothing any more once a publish was accepted")
    void accepted() {
        intake.turnedAway(TOPIC, "no memory");
        intake.took(TOPIC);
        assertThat(intake.trouble()).isNull();
    }

    @Test
    @DisplayName("still says that dead letters are turned away when events are accepted")
    void otherDestination() {
        intake.turnedAway(DEAD_LETTERS, "full");
        intake.turnedAway(TOPIC, "full, too");
        intake.took(TOPIC);
        assertThat(intake.trouble())
                .contains("dead letter of ")
                .contains("billing")
                .contains("full");
    }

    @Test
    @DisplayName("says nothing any more when nobody has tried for a while")
    void forgotten() {
        intake.turnedAway(TOPIC, "no memory");
        pass(11);
        assertThat(intake.trouble()).isNull();
        assertThat(intake.since()).isEqualTo(Instant.MIN);
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
