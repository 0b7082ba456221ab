package io.eventbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README shows what is compiled and run. */
class ReadmeTest {
    private static final String FENCE = "```";

    @Test
    @DisplayName("the program in the README is the one that the tests run, line by line")
    void readmeShowsTheProgram() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String program = Files.readString(module.resolve("src/main/java/io/eventbus/examples/Quickstart.java"));
        String readme = Files.readString(module.resolve("../../README.md"));
        assertThat(firstProgram(readme)).isEqualTo(withoutWhatTheBuildWants(program));
    }

    private static String firstProgram(String page) {
        String begin = FENCE + "java\n";
        int first = page.indexOf(begin) + begin.length();
        return page.substring(first, page.indexOf(FENCE, first));
    }

    /** Without package, comment of the class, and constructor, which a reader needs not. */
    private static String withoutWhatTheBuildWants(String program) {
        return program.replaceFirst("^package .*\n\n", "")
                .replaceFirst("(?m)^/\\*\\* .*\\*/\n", "")
                .replace("    private Quickstart() {}\n\n", "");
    }
}
