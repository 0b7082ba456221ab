package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbus.brokers.RabbitMqBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RabbitMqTest {
    private static final int EVENTS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url = RabbitMqBroker.shared().url().toString();
    private final String topic = "cli-" + UUID.randomUUID();

    @Test
    @DisplayName("what one process publishes another shows: equal as JSON, in the order of each key")
    void twoProcesses() throws Exception {
        List<JsonNode> published = events();
        try (TailProcess tail = tail("--limit", Integer.toString(EVENTS))) {
            publish(published);
            List<JsonNode> shown = new ArrayList<>();
            for (String line = tail.readLine(); line != null; line = tail.readLine()) {
                shown.add(JSON.readTree(line));
            }
            assertThat(payloadsByKey(shown)).isEqualTo(payloadsByKey(published));
            assertThat(tail.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName(
            "a tail that is killed in the middle and started again has lost nothing, and keeps the order of each key")
    void killed() throws Exception {
        List<JsonNode> published = events();
        Map<String, JsonNode> shown = new LinkedHashMap<>();
        try (TailProcess first = tail()) {
            publish(published);
            while (shown.size() < EVENTS / 3) {
                note(first.readLine(), shown);
            }
            first.kill();
            noteRest(first, shown);
        }
        try (TailProcess second = tail()) {
            while (shown.size() < EVENTS) {
                note(second.readLine(), shown);
            }
        }
        assertThat(payloadsByKey(List.copyOf(shown.values()))).isEqualTo(payloadsByKey(published));
    }

    @Test
    @DisplayName("the demos run on RabbitMQ as they do in memory")
    void demo() {
        TestConsole onRabbitMq = new TestConsole();
        TestConsole inMemory = new TestConsole();
        assertThat(onRabbitMq.run("demo", "--url", url)).isZero();
        assertThat(inMemory.run("demo", "--url", "memory:" + UUID.randomUUID())).isZero();
        assertThat(comparable(onRabbitMq)).isEqualTo(comparable(inMemory));
    }

    private TailProcess tail(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--url", url, "--topic", topic, "--group", "g", "--json"));
        all.addAll(List.of(options));
        return new TailProcess(all.toArray(String[]::new));
    }

    private void publish(List<JsonNode> events) {
        String lines = events.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        TestConsole console = new TestConsole();
        assertThat(console.runWithInput(lines, "publish", "--url", url, "--topic", topic))
                .as(console.err())
                .isZero();
    }

    /** The real events over and over, each with an id of its own. */
    private static List<JsonNode> events() throws IOException {
        List<String> lines = Webhooks.lines();
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ObjectNode event = (ObjectNode) JSON.readTree(lines.get(i % lines.size()));
            ((ObjectNode) event.get("data")).put("number", i);
            events.add(event.put("id", "event-" + i));
        }
        return events;
    }

    private static void note(String line, Map<String, JsonNode> shown) throws IOException {
        JsonNode event = JSON.readTree(line);
        shown.putIfAbsent(event.get("id").asText(), event);
    }

    private static Map<String, List<JsonNode>> payloadsByKey(List<JsonNode> events) {
        return events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.get("key").asText(),
                        Collectors.mapping(event -> event.get("data"), Collectors.toList())));
    }

    /** What it had written before it was killed; the last line may be cut off, and was then not handled. */
    private static void noteRest(TailProcess killed, Map<String, JsonNode> shown) throws IOException {
        for (String line = killed.readLine(); line != null; line = killed.readLine()) {
            if (isWhole(line)) {
                note(line, shown);
            }
        }
    }

    private static boolean isWhole(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Without what differs from run to run: ids, which worker came first, and the broker's URL. */
    private static List<String> comparable(TestConsole console) {
        return console.outLines().stream()
                .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>"))
                .map(line -> line.replaceAll("Worker [12] processed: <uuid>", "Worker n processed: <uuid>"))
                .map(line -> line.replaceAll("demo on .*", "demo on <broker>"))
                .toList();
    }
}
