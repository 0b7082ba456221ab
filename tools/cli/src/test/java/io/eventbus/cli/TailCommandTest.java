package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailCommandTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.500Z");

    private final String url = "memory:" + UUID.randomUUID();
    private final TestConsole console = new TestConsole();
    private final EventBus publisher = EventBus.builder().url(url).topic("t").build();

    @BeforeEach
    void start() {
        publisher.start();
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    @DisplayName("a line for people shows time, type, key and payload")
    void readable() throws Exception {
        var tail = tail("--limit", "1");
        publisher.publish(event("Placed", "1"));
        assertThat(end(tail)).isZero();
        assertThat(console.out()).isEqualTo("2026-01-31T12:00:00.500Z  Order.Placed  42  1\n");
        assertThat(said()).containsExactly("READY", "1 event");
    }

    @Test
    @DisplayName("in a namespace it shows what is published there and nothing else")
    void namespace() throws Exception {
        var tail = tail("--namespace", "shop", "--limit", "1");
        publisher.publish(event("Placed", "1"));
        String line = "{\"aggregateType\": \"Order\", \"type\": \"Placed\", \"data\": 2}\n";
        assertThat(new TestConsole().runWithInput(line, "publish", "--namespace", "shop", "--url", url, "--topic", "t"))
                .isZero();
        assertThat(end(tail)).isZero();
        assertThat(console.out()).endsWith("  2\n").hasLineCount(1);
    }

    @Test
    @DisplayName("a line of JSON is what publish reads: the same event arrives again")
    void roundTrip() throws Exception {
        var tail = tail("--json", "--limit", "1");
        publisher.publish(event("Placed", "{ \"n\": 1.10 }")
                .withId("e1")
                .withHeader("h", "v")
                .withCorrelationId("c"));
        end(tail);
        String line = console.out();

        TestConsole again = new TestConsole();
        var second = again.tail("tail", "--url", url, "--topic", "copy", "--json", "--limit", "1");
        assertThat(new TestConsole().runWithInput(line, "publish", "--url", url, "--topic", "copy"))
                .isZero();
        end(second);
        assertThat(again.out()).isEqualTo(line).contains("\"id\":\"e1\"", "\"data\":{ \"n\": 1.10 }");
    }

    @Test
    @DisplayName("a limit ends the tail after so many events")
    void limit() throws Exception {
        var tail = tail("--limit", "3");
        publish(1, 10);
        assertThat(end(tail)).isZero();
        assertThat(console.outLines()).hasSize(3);
        assertThat(said()).containsExactly("READY", "3 events");
    }

    @Test
    @DisplayName("what a limited member of a group did not show is left to the group, in order")
    void limitInGroup() throws Exception {
        var tail = tail("--group", "g", "--limit", "3");
        publish(1, 10);
        assertThat(end(tail)).isZero();
        assertThat(payloads()).containsExactly("1", "2", "3");

        var second = tail("--group", "g", "--limit", "7");
        assertThat(end(second)).isZero();
        assertThat(payloads()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(console.err()).doesNotContain("Exception");
    }

    @Test
    @DisplayName("an event whose line nobody reads is not handled, and the tail ends well")
    void brokenPipe() throws Exception {
        LimitedOutput pipe = new LimitedOutput(2, "Broken pipe");
        var tail = console.tailTo(pipe, "tail", "--url", url, "--topic", "t", "--group", "g");
        publish(1, 5);
        assertThat(end(tail)).isZero();
        assertThat(said()).containsExactly("READY", "2 events");

        var second = tail("--group", "g", "--limit", "3");
        end(second);
        assertThat(payloads()).containsExactly("3", "4", "5");
    }

    @Test
    @DisplayName("an event that cannot be read is not shown, and said to be in the dead letters of the group")
    void unreadable() throws Exception {
        var tail = tail("--group", "g", "--limit", "1");
        sendUnreadable();
        publish(2, 2);
        assertThat(end(tail)).isZero();
        assertThat(payloads()).containsExactly("2");
        assertThat(said())
                .contains("eventbus: event e1 is in the dead letters of group g of topic t: UNDECODABLE: the attribute"
                        + " schemaversion cannot be read: For input string: \"one\"");
    }

    @Test
    @DisplayName("an output that cannot take the line is an error")
    void fullDisk() throws Exception {
        LimitedOutput disk = new LimitedOutput(1, "No space left on device");
        var tail = console.tailTo(disk, "tail", "--url", url, "--topic", "t", "--group", "g");
        publish(1, 2);
        assertThat(end(tail)).isEqualTo(1);
        assertThat(console.err()).contains("cannot write to standard output: No space left on device");
    }

    @Test
    @DisplayName("a pattern selects by aggregate type and type")
    void pattern() throws Exception {
        var tail = tail("--type", "*.Shipped", "--limit", "1");
        publisher.publish(List.of(event("Placed", "1"), event("Shipped", "2")));
        end(tail);
        assertThat(payloads()).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Order.**", "Order*", "#Placed"})
    @DisplayName("a wildcard within a word is told to match nothing but itself, which it does")
    void doubtfulPattern(String pattern) throws Exception {
        var tail = tail("--type", pattern, "--limit", "1");
        assertThat(console.err()).startsWith("eventbus: in --type " + pattern + ", * and # ");
        publisher.publish(List.of(event("Placed", "1"), event("Placed", "2").withRoutingKey(pattern)));
        end(tail);
        assertThat(payloads()).containsExactly("2");
    }

    @Test
    @DisplayName("in memory it says before it waits that nothing of other processes arrives")
    void inMemory() throws Exception {
        var tail = tail("--limit", "1");
        assertThat(console.said().findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line).startsWith("eventbus: a broker in memory lives in this process alone"));
        publish(1, 1);
        end(tail);
    }

    @Test
    @DisplayName("without a broker it is a usage error that says what to give")
    void noUrl() {
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getenv("EVENTBUS_URL") == null);
        assertThat(console.run("tail", "--topic", "t")).isEqualTo(2);
        assertThat(console.err()).contains("give --url").contains("EVENTBUS_URL");
    }

    @Test
    @DisplayName("a limit below one is a usage error")
    void badLimit() {
        assertThat(console.run("tail", "--url", url, "--topic", "t", "--limit", "0"))
                .isEqualTo(2);
        assertThat(console.err()).contains("--limit is 0; expected 1 or more");
    }

    /** What it has said besides, behind the first line, which is about the broker. */
    private Stream<String> said() {
        return console.said().skip(1);
    }

    private CompletableFuture<Integer> tail(String... options) throws InterruptedException {
        String[] args = new String[options.length + 5];
        System.arraycopy(new String[] {"tail", "--url", url, "--topic", "t"}, 0, args, 0, 5);
        System.arraycopy(options, 0, args, 5, options.length);
        return console.tail(args);
    }

    private void sendUnreadable() {
        Message message = new Message(
                "e1",
                "Order",
                "Placed",
                "42",
                "Order.Placed",
                "application/json",
                Map.of("schemaversion", "one"),
                Map.of(),
                "1".getBytes(UTF_8));
        TransportConfig config = new TransportConfig(URI.create(url), Map.of(), Duration.ofSeconds(1), "test");
        Transport transport = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains("memory"))
                .findFirst()
                .orElseThrow()
                .create(config);
        Sender sender = transport.openSender();
        sender.send(new Destination.Topic("t"), message).toCompletableFuture().join();
        sender.close();
        transport.close();
    }

    private static int end(CompletableFuture<Integer> tail) throws Exception {
        return tail.get(30, TimeUnit.SECONDS);
    }

    private void publish(int first, int last) {
        for (int i = first; i <= last; i++) {
            publisher.publish(event("Placed", Integer.toString(i)));
        }
    }

    private List<String> payloads() {
        return console.outLines().stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private static Event<RawEvent> event(String type, String body) {
        return Event.of(new RawEvent("Order", type, "42", "application/json", body.getBytes(UTF_8)))
                .withOccurredAt(TIME);
    }
}
