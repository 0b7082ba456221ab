package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final String TABLE = """
            A  join     g
            A  ready    g
            P  publish  e1 k"ü\\n
            P  unknown  e1
            A  start    e1 g
            A  fail     e1 g
            -  cut
            """;

    private final History history = HistoryTable.of(TABLE).history();

    @TempDir
    private Path directory;

    @Test
    @DisplayName("What was written is read again, one JSON object a line")
    void roundTrip() throws IOException {
        Path file = directory.resolve("history.jsonl");
        history.write(file);
        assertThat(History.read(file)).isEqualTo(history);
        assertThat(Files.readAllLines(file))
                .hasSameSizeAs(history.records())
                .first()
                .isEqualTo("{\"seq\":0,\"time\":1000000,\"thread\":\"main\",\"instance\":\"A\",\"op\":\"JOIN\","
                        + "\"topic\":\"t\",\"group\":\"g\",\"key\":\"\",\"id\":\"\",\"attempt\":0,\"outcome\":null,"
                        + "\"fault\":\"\",\"contentHash\":\"\"}");
    }

    @Test
    @DisplayName("A line that is no record is reported with its number")
    void badLine() throws IOException {
        Path file = directory.resolve("history.jsonl");
        history.write(file);
        String text = Files.readString(file);
        Files.writeString(file, text + "{\"seq\":\n");
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 8");
    }

    @Test
    @DisplayName("Lines that are missing or out of order are refused")
    void gaps() {
        assertThatThrownBy(() -> new History(history.records().subList(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 0 of a history has number 1");
    }
}
