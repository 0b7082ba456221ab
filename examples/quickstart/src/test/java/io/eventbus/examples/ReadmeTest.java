package io.eventbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README shows what is compiled and run. */
class ReadmeTest {

    @Test
    @DisplayName("the program in the README is the program that the tests run, from its first record to its end")
    void readmeShowsTheProgram() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String program = Files.readString(module.resolve("src/main/java/io/eventbus/examples/Quickstart.java"));
        List<String> shown = program.substring(program.indexOf("    @EventType"))
                .lines()
                .filter(line -> !line.contains("private Quickstart"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> readme = Files.readAllLines(module.resolve("../../README.md")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(readme).containsSubsequence(shown);
    }
}
