package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a session has held something for too long, by a clock that a test turns. */
class HoldWatchTest {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration ALLOWED = Duration.ofMinutes(29);
    private static final int CAPACITY = 4;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private HoldWatch watch() {
        return new HoldWatch(Optional.of(LIMIT), CAPACITY, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void passALittle() {
        pass(Duration.ofSeconds(1));
    }

    private static void poll(HoldWatch watch, int room, int brought) {
        watch.polling(room);
        watch.polled(room, brought);
    }

    private static boolean isOverWith(HoldWatch watch, Long... heldSince) {
        return watch.isOver(() -> List.of(heldSince));
    }

    @Test
    @DisplayName("a delivery may be held until a minute before the limit, and no longer")
    void delivery() {
        HoldWatch watch = watch();
        watch.polling(2);
        long since = watch.since();
        watch.polled(2, 1);
        pass(ALLOWED);
        poll(watch, 1, 0);
        assertThat(isOverWith(watch, since)).isFalse();
        passALittle();
        poll(watch, 1, 0);
        assertThat(isOverWith(watch, since)).isTrue();
        assertThat(watch.longest()).isEqualTo(ALLOWED.plusSeconds(1));
    }

    @Test
    @DisplayName("of a limit below five minutes, a fifth is left for giving back")
    void shortLimit() {
        HoldWatch watch = new HoldWatch(Optional.of(Duration.ofSeconds(100)), CAPACITY, now::get);
        long since = watch.since();
        pass(Duration.ofSeconds(80));
        poll(watch, 1, 0);
        assertThat(isOverWith(watch, since)).isFalse();
        pass(Duration.ofSeconds(10));
        poll(watch, 1, 0);
        assertThat(isOverWith(watch, since)).isTrue();
    }

    @Test
    @DisplayName("a receiver that was never asked for anything holds nothing")
    void neverAsked() {
        HoldWatch watch = watch();
        poll(watch, 0, 0);
        pass(LIMIT);
        poll(watch, 0, 0);
        assertThat(isOverWith(watch)).isFalse();
    }

    @Test
    @DisplayName("a receiver that has been asked for nothing for long may hold what it was given before")
    void askedForNothing() {
        HoldWatch watch = watch();
        poll(watch, 1, 0);
        pass(ALLOWED);
        passALittle();
        poll(watch, 0, 0);
        assertThat(isOverWith(watch)).isTrue();
    }

    @Test
    @DisplayName("what comes after such a time counts as held from its beginning")
    void resumed() {
        HoldWatch watch = watch();
        poll(watch, 1, 0);
        long beginning = watch.since();
        pass(Duration.ofMinutes(20));
        watch.polling(1);
        assertThat(watch.since()).isEqualTo(beginning);
    }

    @Test
    @DisplayName("a receiver that hands over less than it is asked for holds nothing more")
    void handsOverLess() {
        HoldWatch watch = watch();
        poll(watch, 2, 2);
        pass(ALLOWED);
        poll(watch, 2, 1);
        passALittle();
        assertThat(isOverWith(watch)).isFalse();
    }

    @Test
    @DisplayName(
            "a receiver that always has as many as it is asked for has handed over the old ones once it is through all that it can hold")
    void alwaysFull() {
        HoldWatch watch = watch();
        for (int i = 0; i < 10 * CAPACITY; i++) {
            pass(Duration.ofMinutes(4));
            poll(watch, 1, 1);
            assertThat(isOverWith(watch)).as("after poll %d", i).isFalse();
        }
        pass(Duration.ofMinutes(14));
        poll(watch, 0, 0);
        assertThat(isOverWith(watch)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT30M, PT1S", "PT5S, PT0.5S"})
    @DisplayName("it looks each second, or each tenth of a shorter limit")
    void looks(Duration limit, Duration interval) {
        HoldWatch watch = new HoldWatch(Optional.of(limit), CAPACITY, now::get);
        assertThat(watch.interval()).isEqualTo(interval);
        pass(interval.minusNanos(1));
        watch.isOver(() -> {
            throw new AssertionError("looks too soon");
        });
    }

    @Test
    @DisplayName("without a limit it never looks")
    void noLimit() {
        HoldWatch watch = new HoldWatch(Optional.empty(), CAPACITY, now::get);
        assertThat(watch.interval()).isEqualTo(Duration.ofSeconds(1));
        poll(watch, 1, 1);
        pass(Duration.ofDays(365));
        assertThat(watch.isOver(() -> {
                    throw new AssertionError("looks");
                }))
                .isFalse();
    }
}
