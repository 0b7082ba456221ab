package io.eventbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One program, compiled once, in JVMs that differ by class path and URL alone. */
class SwapTest {

    private static final String[] EXPECTED = {
        "revenue: +99.99", "audit: OrderPlaced", "on its way: {carrier=post}", "audit: OrderShipped"
    };

    @ParameterizedTest
    @EnumSource
    @DisplayName("the program runs on a transport when that is the only one on the class path")
    void runs(Transport transport) throws Exception {
        assertThat(run(classPath(transport::equals), transport.url())).containsExactly(EXPECTED);
    }

    @Test
    @DisplayName("without a transport the program says what to put onto the class path")
    void saysWhatIsMissing() throws Exception {
        assertThat(run(classPath(transport -> false), ""))
                .anyMatch(line -> line.contains("no transport") && line.contains("eventbus-inmemory"));
    }

    private static List<String> run(String classPath, String url) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Quickstart.class.getName());
        child.environment().put("EVENTBUS_URL", url);
        child.redirectErrorStream(true);
        Process process = child.start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        process.waitFor();
        lines.removeIf(line -> line.startsWith("SLF4J"));
        return lines;
    }

    /** What this test has on its own class path, without other transports, their clients, and what belongs to tests. */
    private static String classPath(Predicate<Transport> wanted) {
        List<Transport> others =
                Stream.of(Transport.values()).filter(wanted.negate()).toList();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> others.stream().noneMatch(other -> other.owns(entry)))
                .filter(entry -> !entry.contains("logback") && !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
