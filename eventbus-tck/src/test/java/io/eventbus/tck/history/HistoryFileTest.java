package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    private static final Group GROUP = new Group("topic", "group");
    private static final EventRef EVENT = new EventRef("topic", "key", "id", "hash");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("What a recorder writes is read on, line by line, while it writes")
    void readsOn() throws IOException {
        Path file = folder.resolve("history");
        HistoryFile reader = new HistoryFile(file, text -> text);
        assertThat(reader.readOn()).isEmpty();
        HistoryRecorder recorder = HistoryRecorder.writingTo(file, System.nanoTime());
        recorder.handlingStarted("bus", GROUP, EVENT, 1);
        assertThat(reader.readOn()).extracting(HistoryRecord::op).containsExactly(Op.HANDLE_START);
        recorder.handlingSucceeded("bus", GROUP, EVENT, 1);
        assertThat(reader.readOn()).extracting(HistoryRecord::op).containsExactly(Op.HANDLE_END);
        assertThat(recorder.snapshot().records()).isEmpty();
    }

    @Test
    @DisplayName("A line that a killed writer did not finish is left out")
    void unfinished() throws IOException {
        Path file = folder.resolve("history");
        HistoryRecorder.writingTo(file, System.nanoTime()).handlingStarted("bus", GROUP, EVENT, 1);
        Files.writeString(file, "{\"seq\":1,\"ti", StandardOpenOption.APPEND);
        assertThat(new HistoryFile(file, text -> text).readOn()).hasSize(1);
    }

    @Test
    @DisplayName("What several recorders wrote becomes one history by time")
    void merged() {
        long origin = System.nanoTime();
        HistoryRecorder one = new HistoryRecorder(origin);
        HistoryRecorder other = new HistoryRecorder(origin);
        one.publishInvoked("publisher", EVENT);
        other.handlingStarted("bus", GROUP, EVENT, 1);
        one.publishReturned("publisher", EVENT, Outcome.ACCEPTED);
        List<HistoryRecord> all = Stream.of(one, other)
                .flatMap(recorder -> recorder.snapshot().records().stream())
                .toList();
        assertThat(History.merged(all).records())
                .extracting(HistoryRecord::op)
                .containsExactly(Op.PUBLISH_INVOKE, Op.HANDLE_START, Op.PUBLISH_RETURN);
    }
}
