package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("The first run has the name, and each after it a number")
    void numbered() throws IOException {
        assertThat(RunFiles.claim(folder, "chaos-redis-5").history()).isEqualTo(folder.resolve("chaos-redis-5.jsonl"));
        RunFiles second = RunFiles.claim(folder, "chaos-redis-5");
        assertThat(second.history()).isEqualTo(folder.resolve("chaos-redis-5-run2.jsonl"));
        assertThat(second.script()).isEqualTo(folder.resolve("chaos-redis-5-run2.script"));
    }

    @Test
    @DisplayName("A name is not free of which only the script is left")
    void scriptLeft() throws IOException {
        Files.createFile(folder.resolve("chaos-redis-5.script"));
        assertThat(RunFiles.claim(folder, "chaos-redis-5").script())
                .isEqualTo(folder.resolve("chaos-redis-5-run2.script"));
    }
}
