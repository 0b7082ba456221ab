package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbus.EventBusBuilder;
import io.eventbus.brokers.Broker;
import io.eventbus.brokers.KafkaBroker;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.RedisBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each command between processes, on each broker. */
@ParameterizedClass
@EnumSource
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RealBrokerTest {
    /** As many events as a member may hold at once. */
    private static final int IN_FLIGHT = EventBusBuilder.DEFAULT_MAX_IN_FLIGHT;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BrokerProduct product;
    private final String url;
    private final String topic = "cli-" + UUID.randomUUID();

    RealBrokerTest(BrokerProduct product) {
        this.product = product;
        this.url = shared(product).url().toString();
    }

    private static Broker shared(BrokerProduct product) {
        return switch (product) {
            case RABBITMQ -> RabbitMqBroker.shared();
            case REDIS -> RedisBroker.shared();
            case KAFKA -> KafkaBroker.shared();
        };
    }

    @Test
    @DisplayName("what one process publishes another shows: equal as JSON, in the order of each key")
    void twoProcesses() throws Exception {
        List<JsonNode> published = events(1);
        try (TailProcess tail = tail("--limit", Integer.toString(published.size()))) {
            publish(published);
            List<JsonNode> shown = new ArrayList<>();
            for (String line = tail.readLine(); line != null; line = tail.readLine()) {
                shown.add(JSON.readTree(line));
            }
            assertSame(shown, published);
            assertThat(tail.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("a tail that is killed in the middle and started again has lost nothing, keeps the order of each key, "
            + "and repeats only what was in flight")
    void killed() throws Exception {
        List<JsonNode> published = events(4);
        Shown shown = new Shown();
        try (TailProcess first = tail("--member", "m")) {
            publish(published);
            while (shown.size() < 2 * IN_FLIGHT) {
                shown.note(first.readLine());
            }
            first.kill();
            shown.noteRest(first);
        }
        int beforeTheKill = shown.size();
        try (TailProcess second = tail("--member", "m")) {
            while (shown.size() < published.size()) {
                shown.note(second.readLine());
            }
        }
        assertSame(shown.events(), published);
        assertThat(shown.repeated()).isSubsetOf(shown.ids().subList(beforeTheKill - IN_FLIGHT, beforeTheKill));
    }

    @Test
    @DisplayName("Ctrl-C ends a tail with exit code 0 and the count of what it has shown")
    void interrupted() throws Exception {
        List<JsonNode> published = events(1).subList(0, 3);
        try (TailProcess tail = tail()) {
            publish(published);
            for (int i = 0; i < published.size(); i++) {
                tail.readLine();
            }
            tail.interrupt();
            assertThat(tail.readErrors()).endsWith("3 events");
            assertThat(tail.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("the demos run as they do in memory; where a broker shares keys, the split is theirs")
    void demo() {
        TestConsole real = new TestConsole();
        TestConsole inMemory = new TestConsole();
        assertThat(real.run("demo", "--url", url)).as(real.err()).isZero();
        assertThat(inMemory.run("demo", "--url", "memory:" + UUID.randomUUID())).isZero();

        assertThat(comparable(real)).isEqualTo(comparable(inMemory));
        if (product == BrokerProduct.KAFKA) {
            assertThat(real.out()).contains("a key belongs to one worker");
        } else {
            assertThat(real.outLines()).contains("  Worker 1 processed: 5 events", "  Worker 2 processed: 5 events");
        }
    }

    @Test
    @DisplayName(
            "what a group could not handle is exported, removed, imported, edited and replayed from the command line")
    void deadLetters() throws Exception {
        try (FailingGroup group = new FailingGroup(url, topic, "g")) {
            group.bury("a", "b", "c");
            String lines = dlq("", "export");
            dlq("", "purge", "b", "c", "--yes");
            dlq("", "purge", "--all", "--yes");
            assertThat(dlq(lines, "import")).isEqualTo("3 imported\n");
            assertThat(dlq("", "export").lines())
                    .containsExactlyInAnyOrderElementsOf(lines.lines().toList());
            assertThat(dlq("", "list", "--limit", "2").lines()).hasSize(2);
            assertThat(dlq("", "show", "b")).contains("told to fail");
            group.succeed();
            dlq("", "edit", "b", "--data", "{}", "--yes");
            assertThat(group.handled(1)).containsExactly("b");
            assertThat(dlq("", "replay", "--all", "--yes")).isEqualTo("2 replayed\n");
            assertThat(group.handled(2)).containsExactlyInAnyOrder("a", "c");
            assertThat(group.ids()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "what is exported from one broker is imported at another, the same there, and handled when it is replayed")
    void otherBroker() throws Exception {
        String there = shared(nextProduct()).url().toString();
        try (FailingGroup group = new FailingGroup(url, topic, "g");
                FailingGroup groupThere = new FailingGroup(there, topic, "g")) {
            group.bury("a", "b", "c");
            groupThere.succeed();
            String lines = dlq("", "export");
            assertThat(dlqAt(there, lines, "import")).isEqualTo("3 imported\n");
            assertThat(dlqAt(there, "", "export").lines())
                    .containsExactlyInAnyOrderElementsOf(lines.lines().toList());
            assertThat(dlqAt(there, "", "replay", "--all", "--yes")).isEqualTo("3 replayed\n");
            assertThat(groupThere.handled(3)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    private BrokerProduct nextProduct() {
        return switch (product) {
            case RABBITMQ -> BrokerProduct.REDIS;
            case REDIS -> BrokerProduct.KAFKA;
            case KAFKA -> BrokerProduct.RABBITMQ;
        };
    }

    private String dlq(String input, String command, String... options) {
        return dlqAt(url, input, command, options);
    }

    private String dlqAt(String broker, String input, String command, String... options) {
        TestConsole console = new TestConsole();
        assertThat(console.runWithInput(input, FailingGroup.command(broker, topic, "g", command, options)))
                .as(console.err())
                .isZero();
        return console.out();
    }

    @Test
    @DisplayName("malformed input ends in the dead letters as it was sent, and once unless a session is lost")
    void fuzz() {
        TestConsole console = new TestConsole();
        assertThat(console.run("fuzz", "--url", url, "--count", "3000", "--seed", "3"))
                .as(() -> console.out() + console.err())
                .isZero();
        assertThat(console.out()).contains("seed 3, sent 3,000:", "missing 0, misread 0, altered 0, headers altered 0");
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

    /** Real events, so many times over, each with an id that we know. */
    private static List<JsonNode> events(int times) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            for (String line : Webhooks.lines()) {
                ObjectNode event = (ObjectNode) JSON.readTree(line);
                events.add(event.put("id", "event-" + events.size()));
            }
        }
        return events;
    }

    /** The same events in the order of each key, with the same payloads. Says only ids when it fails: payloads are long. */
    private static void assertSame(List<JsonNode> shown, List<JsonNode> published) {
        assertThat(idsByKey(shown)).isEqualTo(idsByKey(published));
        assertThat(differing(shown, published)).isEmpty();
    }

    private static Map<String, List<String>> idsByKey(List<JsonNode> events) {
        return events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.get("key").asText(),
                        Collectors.mapping(event -> event.get("id").asText(), Collectors.toList())));
    }

    private static List<String> differing(List<JsonNode> shown, List<JsonNode> published) {
        Map<String, JsonNode> payloads =
                shown.stream().collect(Collectors.toMap(event -> event.get("id").asText(), event -> event.get("data")));
        return published.stream()
                .filter(event ->
                        !event.get("data").equals(payloads.get(event.get("id").asText())))
                .map(event -> event.get("id").asText())
                .toList();
    }

    /** Without what differs from run to run: ids, who came first, how keys split, and the broker's URL. */
    private static List<String> comparable(TestConsole console) {
        return console.outLines().stream()
                .filter(line -> !line.contains("a key belongs to one worker"))
                .map(line -> line.replaceAll("processed: [0-9]+ events", "processed: n events"))
                .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>"))
                .map(line -> line.replaceAll("Worker [12] processed: <uuid>", "Worker n processed: <uuid>"))
                .map(line -> line.replaceAll("demo on .*", "demo on <broker>"))
                .toList();
    }
}
