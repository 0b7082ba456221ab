package io.eventbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.brokers.RabbitMqBroker;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One program, compiled once, in JVMs that differ by class path and URL alone. */
class SwapTest {

    private static final String[] EXPECTED = {
        "revenue: +99.99", "audit: OrderPlaced", "on its way: {carrier=post}", "audit: OrderShipped"
    };

    @Test
    @DisplayName("the program runs in memory when that transport is the only one on the class path")
    void runsInMemory() throws Exception {
        assertThat(run("eventbus-inmemory", "")).containsExactly(EXPECTED);
    }

    @Test
    @DisplayName("the same program runs on RabbitMQ with another dependency and a URL")
    void runsOnRabbitMq() throws Exception {
        String url = RabbitMqBroker.shared().url().toString();
        assertThat(run("eventbus-rabbitmq", url)).containsExactly(EXPECTED);
    }

    @Test
    @DisplayName("without a transport the program says what to put onto the class path")
    void saysWhatIsMissing() throws Exception {
        assertThat(run("none", ""))
                .anyMatch(line -> line.contains("no transport") && line.contains("eventbus-inmemory"));
    }

    private static List<String> run(String transport, String url) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(transport),
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

    /** What this test has on its own class path, without the other transport, its client, and what belongs to tests. */
    private static String classPath(String transport) {
        List<String> others = new ArrayList<>(List.of("eventbus-inmemory", "eventbus-rabbitmq", "amqp-client"));
        others.removeIf(name ->
                name.equals(transport) || (transport.equals("eventbus-rabbitmq") && name.equals("amqp-client")));
        Predicate<String> isOther = entry -> others.stream().anyMatch(entry::contains);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(isOther.negate())
                .filter(entry -> !entry.contains("logback") && !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
