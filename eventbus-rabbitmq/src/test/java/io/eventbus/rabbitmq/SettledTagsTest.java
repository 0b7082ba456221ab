package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.rabbitmq.SettledTags.Settlement.Ack;
import io.eventbus.rabbitmq.SettledTags.Settlement.Requeue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettledTagsTest {

    private final SettledTags tags = new SettledTags();

    @BeforeEach
    void holdFive() {
        LongStream.rangeClosed(1, 5).forEach(tags::hold);
    }

    @Test
    @DisplayName("a run from the lowest held tag goes as one ack")
    void run() {
        accept(2, 1, 3);

        assertThat(tags.take()).containsExactly(new Ack(3, true));
    }

    @Test
    @DisplayName("a run of one goes as a plain ack")
    void runOfOne() {
        accept(1);

        assertThat(tags.take()).containsExactly(new Ack(1, false));
    }

    @Test
    @DisplayName("what is accepted above a held tag goes one by one, at once")
    void aboveHeld() {
        accept(2, 3, 5);

        assertThat(tags.take()).containsExactly(new Ack(2, false), new Ack(3, false), new Ack(5, false));
    }

    @Test
    @DisplayName("a run ends before the lowest held tag")
    void runAndSingles() {
        accept(1, 2, 4);

        assertThat(tags.take()).containsExactly(new Ack(2, true), new Ack(4, false));
    }

    @Test
    @DisplayName("all accepted goes as one ack")
    void all() {
        accept(5, 4, 3, 2, 1);

        assertThat(tags.take()).containsExactly(new Ack(5, true));
    }

    @Test
    @DisplayName("a later run may pass what was settled before")
    void laterRun() {
        accept(2, 3);
        tags.take();
        accept(1, 4);

        assertThat(tags.take()).containsExactly(new Ack(4, true));
    }

    @Test
    @DisplayName("what is released goes back in the order of delivery, before an ack that would cover it")
    void released() {
        tags.release(3);
        tags.release(1);
        accept(2, 4);

        assertThat(tags.take()).containsExactly(new Requeue(1), new Requeue(3), new Ack(4, true));
    }

    @Test
    @DisplayName("what was taken is not taken again")
    void takenOnce() {
        accept(1);
        tags.release(2);
        tags.take();

        assertThat(tags.take()).isEmpty();
        assertThat(tags.isWaiting()).isFalse();
    }

    @Test
    @DisplayName("the first settlement of a delivery counts")
    void firstCounts() {
        assertThat(tags.release(1)).isTrue();
        assertThat(tags.accept(1)).isFalse();
        assertThat(tags.take()).containsExactly(new Requeue(1));
        assertThat(tags.release(1)).isFalse();
        assertThat(tags.take()).isEmpty();
    }

    @Test
    @DisplayName("a settlement waits until it is taken")
    void waiting() {
        assertThat(tags.isWaiting()).isFalse();
        accept(4);

        assertThat(tags.isWaiting()).isTrue();
    }

    @Test
    @DisplayName("without what was released, no ack covers it, and it is taken later")
    void acceptedAlone() {
        tags.release(2);
        accept(1, 3, 4, 5);

        assertThat(tags.takeAccepted())
                .containsExactly(new Ack(1, false), new Ack(3, false), new Ack(4, false), new Ack(5, false));
        assertThat(tags.isAcceptedWaiting()).isFalse();
        assertThat(tags.take()).containsExactly(new Requeue(2));
    }

    private void accept(long... accepted) {
        LongStream.of(accepted).forEach(tags::accept);
    }
}
