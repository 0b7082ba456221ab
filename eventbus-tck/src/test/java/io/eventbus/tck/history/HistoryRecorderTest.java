package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Group;
import io.eventbus.tck.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {

    private static final int THREADS = 8;
    private static final int RECORDS = 2_000;

    private final HistoryRecorder recorder = new HistoryRecorder();

    @Test
    @DisplayName("Records of many threads are all kept, numbered without gaps, in the order of time and of each thread")
    void manyThreads() {
        CountDownLatch done = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> recordAll(done), "recorder-" + i));
        }
        threads.forEach(Thread::start);
        Await.atMost(Duration.ofSeconds(10)).latch("all threads", done);

        List<HistoryRecord> records = recorder.snapshot().records(); // which checks the numbers
        assertThat(records).hasSize(THREADS * RECORDS);
        assertThat(records).extracting(HistoryRecord::time).isSorted();
        for (Thread thread : threads) {
            assertThat(records)
                    .filteredOn(record -> record.thread().equals(thread.getName()))
                    .extracting(HistoryRecord::attempt)
                    .hasSize(RECORDS)
                    .isSorted();
        }
    }

    private void recordAll(CountDownLatch done) {
        for (int attempt = 1; attempt <= RECORDS; attempt++) {
            recorder.handlingStarted("A", new Group("t", "g"), new EventRef("t", "k", "e", ""), attempt);
        }
        done.countDown();
    }

    @Test
    @DisplayName("A snapshot does not grow with the recorder")
    void snapshot() {
        recorder.crashing("A");
        History before = recorder.snapshot();
        recorder.crashing("B");
        assertThat(before.records()).hasSize(1);
        assertThat(recorder.snapshot().records()).hasSize(2);
    }

    @Test
    @DisplayName("A record has all that was said, and who said it")
    void fields() {
        EventRef event = EventRef.of("t", "k", "e1", new byte[] {1, 2, 3});
        recorder.handlingFailed("A", new Group("t", "g"), event, 3, "broken");
        HistoryRecord record = recorder.snapshot().records().get(0);
        assertThat(record)
                .isEqualTo(new HistoryRecord(
                        0,
                        record.time(),
                        Thread.currentThread().getName(),
                        "A",
                        Op.HANDLE_END,
                        "t",
                        "g",
                        "k",
                        "e1",
                        3,
                        Outcome.FAILURE,
                        "broken",
                        "55bc801df130f21e"));
    }
}
