package io.eventbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.report.CapabilityMatrix;
import io.eventbus.tck.report.ConformanceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README says of the transports what the kit saw in this build, whose earlier modules have left their reports. */
class CapabilityMatrixTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path REPORT = Path.of("target", "eventbus-tck", ConformanceReport.LINES_FILE);

    @Test
    @DisplayName("the README's matrix of capabilities is what the kit saw on every transport")
    void readmeShowsWhatTheKitSaw() throws IOException {
        List<Path> reports = transports().map(module -> module.resolve(REPORT)).toList();
        assertThat(reports)
                .as("reports of the kit: run the whole build")
                .isNotEmpty()
                .allMatch(Files::exists);
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .as("the README's matrix of capabilities, which is to be copied from here")
                .contains("\n" + CapabilityMatrix.read(reports).toMarkdown());
    }

    private static Stream<Path> transports() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                    .filter(module -> module.getFileName().toString().startsWith("eventbus-"))
                    .filter(module -> !module.endsWith("eventbus-api") && !module.endsWith("eventbus-tck"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
