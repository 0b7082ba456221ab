package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many messages a member asks for. */
class CautionTest {

    private final Caution caution = new Caution(20);

    @Test
    @DisplayName("a session begins with one message")
    void begins() {
        assertThat(caution.room(0, 256)).isEqualTo(1);
        taking(1);
        caution.begin();
        assertThat(caution.room(3, 256)).isEqualTo(1);
    }

    @Test
    @DisplayName("after one that is not suspicious, all there is room for are asked for")
    void goesOn() {
        taking(10);

        assertThat(caution.room(1, 255)).isEqualTo(255);
        assertThat(caution.room(256, 0)).isZero();
    }

    @Test
    @DisplayName("next to one that was delivered more than half as often as it may be, none is taken, and after it one")
    void alone() {
        taking(11);

        assertThat(caution.room(1, 255)).isZero();
        assertThat(caution.waitsForOne()).isTrue();
        assertThat(caution.room(0, 256)).isEqualTo(1);
    }

    @Test
    @DisplayName("one suspicious message among several is enough, wherever it stands")
    void anyOfThem() {
        taking(1, 11, 1);

        assertThat(caution.room(3, 253)).isZero();
    }

    @Test
    @DisplayName("a poll that brings nothing changes nothing")
    void nothing() {
        taking(11);
        taking();

        assertThat(caution.room(1, 255)).isZero();
    }

    @Test
    @DisplayName("what is delivered for the first time is never suspicious")
    void first() {
        Caution strict = new Caution(1);
        strict.taking(List.of(delivery(1)));

        assertThat(strict.room(1, 9)).isEqualTo(9);
    }

    private void taking(int... counts) {
        caution.taking(IntStream.of(counts).mapToObj(CautionTest::delivery).toList());
    }

    private static Delivery delivery(int count) {
        return new Delivery() {
            @Override
            public Message message() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int deliveryCount() {
                return count;
            }

            @Override
            public void accept() {}

            @Override
            public void release() {}
        };
    }
}
