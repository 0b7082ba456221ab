package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CollectedTest {

    @Test
    @DisplayName("Everything that many threads add is there, while somebody reads")
    void manyThreads() throws InterruptedException {
        Collected<Integer> collected = new Collected<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> IntStream.range(0, 1_000).forEach(collected::add)));
        }
        threads.forEach(Thread::start);
        assertThat(collected.awaitCount(4_000, Deadline.after(Duration.ofSeconds(10))))
                .isTrue();
        assertThat(collected.snapshot()).hasSize(4_000);
    }

    @Test
    @DisplayName("A snapshot does not grow")
    void snapshot() {
        Collected<String> collected = new Collected<>();
        collected.add("a");
        List<String> before = collected.snapshot();
        collected.add("b");
        assertThat(before).containsExactly("a");
    }

    @Test
    @DisplayName("Waiting ends at the deadline")
    void deadline() throws InterruptedException {
        assertThat(new Collected<String>().awaitCount(1, Deadline.after(Duration.ofMillis(5))))
                .isFalse();
    }
}
