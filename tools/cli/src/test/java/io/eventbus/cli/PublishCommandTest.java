package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.SubscriptionOptions;
import io.eventbus.brokers.RedisBroker;
import io.eventbus.tck.Await;
import io.eventbus.tck.net.TcpProxy;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {
    private static final String GOOD = "{\"aggregateType\":\"A\",\"type\":\"T\",\"key\":\"k\",\"data\":%d}\n";

    private final Await await = Await.atMost(Duration.ofSeconds(30));
    private final String url = "memory:" + UUID.randomUUID();
    private final TestConsole console = new TestConsole();
    private final BlockingQueue<RawEvent> received = new LinkedBlockingQueue<>();
    private final EventBus bus =
            EventBus.builder().url(url).topic("t").handlerConcurrency(1).build();

    @BeforeEach
    void listen() {
        bus.subscribe(
                Binding.raw(Binding.fanout()),
                event -> received.add(event.payload()),
                SubscriptionOptions.defaults().asEphemeral());
        bus.start();
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    @DisplayName("the events of a file arrive as they stand there, in the order of their keys, and are counted")
    void file(@TempDir Path folder) throws Exception {
        List<String> lines = Webhooks.lines();
        Path file = Files.write(folder.resolve("events.jsonl"), lines);
        assertThat(publish("", "--file", file.toString())).isZero();
        assertThat(console.out()).startsWith(lines.size() + " published, 0 failed, ");
        assertThat(console.err().lines()).singleElement().asString().contains("ends with this process");
        Map<String, List<String>> expected = new HashMap<>();
        for (String line : lines) {
            RawEvent event = EventParser.parse(line).payload();
            expected.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(describe(event));
        }
        Map<String, List<String>> arrived = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            RawEvent event = next();
            arrived.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(describe(event));
        }
        assertThat(arrived).isEqualTo(expected);
    }

    @Test
    @DisplayName("standard input is read when no file is given, and for -")
    void standardInput() throws InterruptedException {
        assertThat(publish(GOOD.formatted(1))).isZero();
        assertThat(publish(GOOD.formatted(2), "--file", "-")).isZero();
        assertThat(bodies(2)).containsExactly("1", "2");
    }

    @Test
    @DisplayName("a bad line is reported by its number, the others are published, and the exit code is 1")
    void badLine() throws InterruptedException {
        assertThat(publish(GOOD.formatted(1) + "nonsense\n\n" + GOOD.formatted(4) + "{}\n" + GOOD.formatted(6)))
                .isEqualTo(1);
        assertThat(console.err().lines().skip(1)) // the first is about the broker
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 2: not JSON"),
                        line -> assertThat(line).startsWith("line 5: aggregateType is missing"));
        assertThat(console.out()).startsWith("3 published, 2 failed, ");
        assertThat(bodies(3)).containsExactly("1", "4", "6");
    }

    @Test
    @DisplayName("an event that the bus refuses is reported by its number, and the others are published")
    void refusedEvent() throws InterruptedException {
        String refused = "{\"aggregateType\":\"A\",\"type\":\"\",\"data\":2}\n";
        assertThat(publish(GOOD.formatted(1) + refused + GOOD.formatted(3))).isEqualTo(1);
        assertThat(console.err()).contains("\nline 2: ");
        assertThat(bodies(2)).containsExactly("1", "3");
    }

    @Test
    @DisplayName(
            "what the broker has not accepted is told at the end by its lines, apart from what it may have accepted")
    void notAccepted() {
        String full = "memory:" + UUID.randomUUID() + "?max-backlog=2";
        try (EventBus slow = EventBus.builder().url(full).topic("t").group("g").build()) {
            slow.subscribe(Binding.raw(Binding.fanout()), event -> {}, SubscriptionOptions.defaults())
                    .pause();
            slow.start();
            String input = IntStream.rangeClosed(1, 4).mapToObj(GOOD::formatted).collect(Collectors.joining());
            assertThat(console.runWithInput(input, "publish", "--url", full, "--topic", "t"))
                    .isEqualTo(1);
        }
        assertThat(console.out()).startsWith("2 published, 2 failed, ");
        assertThat(console.err())
                .contains("not accepted by the broker: lines 3-4")
                .doesNotContain("perhaps");
    }

    @Test
    @DisplayName("of what the broker gave no answer to it is told that it may be accepted")
    void noAnswer() throws Exception {
        try (RedisBroker broker = RedisBroker.launch();
                TcpProxy proxy = TcpProxy.start(broker.host(), broker.port());
                EventBus other = EventBus.builder()
                        .url(broker.url().toString())
                        .topic("t")
                        .build()) {
            other.subscribe(
                    Binding.raw(Binding.fanout()),
                    event -> received.add(event.payload()),
                    SubscriptionOptions.defaults().asEphemeral());
            other.start();
            AtomicLong time = new AtomicLong();
            TestConsole clocked = new TestConsole(time::get);
            BlankLines blanks = new BlankLines(
                    () -> clocked.err().matches("(?s).* 1 (published|failed).*"),
                    () -> time.addAndGet(Duration.ofSeconds(6).toNanos()));
            InputStream input = new SequenceInputStream(Collections.enumeration(List.of(
                    line(GOOD.formatted(1), () -> {}),
                    blanks,
                    line(GOOD.formatted(2), proxy::silenceAnswers),
                    line("\n", () -> {
                        await.until("the second event", () -> received.size() == 2);
                        proxy.cut();
                    }))));
            String behind = "redis://" + proxy.host() + ":" + proxy.port();
            assertThat(clocked.runWithInput(input, "publish", "--url", behind, "--topic", "t"))
                    .isEqualTo(1);
            assertThat(clocked.err())
                    .contains("perhaps accepted by the broker, which gave no answer: lines " + (blanks.count() + 2)
                            + "\n")
                    .doesNotContain("not accepted by the broker:");
        }
    }

    /** Goes on until something has been seen; before each line something is done that may lead to that. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // one byte at a time is what it is for
    private static final class BlankLines extends InputStream {
        private final BooleanSupplier seen;
        private final Runnable before;
        private int count;

        BlankLines(BooleanSupplier seen, Runnable before) {
            this.seen = seen;
            this.before = before;
        }

        int count() {
            return count;
        }

        @Override
        public int read() {
            if (seen.getAsBoolean()) {
                return -1;
            }
            before.run();
            count++;
            return '\n';
        }
    }

    @Test
    @DisplayName("with --strict nothing after the first bad line is published")
    void strict() throws InterruptedException {
        assertThat(publish(GOOD.formatted(1) + "nonsense\n" + GOOD.formatted(3), "--strict"))
                .isEqualTo(1);
        assertThat(console.err()).contains("line 2: ", "stopped after line 2");
        assertThat(console.out()).startsWith("1 published, 1 failed, ");
        publish(GOOD.formatted(4));
        assertThat(bodies(2)).containsExactly("1", "4");
    }

    @Test
    @DisplayName("many events keep the order of their key")
    void order() throws InterruptedException {
        String input = IntStream.range(0, 5000).mapToObj(GOOD::formatted).collect(Collectors.joining());
        assertThat(publish(input)).isZero();
        assertThat(bodies(5000))
                .isEqualTo(IntStream.range(0, 5000).mapToObj(Integer::toString).toList());
    }

    @Test
    @DisplayName("long input shows how far it is: a line when more than five seconds have passed, and then again")
    void progress() {
        AtomicLong time = new AtomicLong();
        InputStream threeSecondsALine = new SequenceInputStream(Collections.enumeration(IntStream.rangeClosed(1, 5)
                .mapToObj(number -> line(
                        GOOD.formatted(number),
                        () -> time.set(Duration.ofSeconds(3L * number).toNanos())))
                .toList()));
        TestConsole clocked = new TestConsole(time::get);
        assertThat(clocked.runWithInput(threeSecondsALine, "publish", "--url", url, "--topic", "t"))
                .isZero();
        assertThat(clocked.err().lines().skip(1)) // the first is about the broker
                .satisfiesExactly(
                        line -> assertThat(line).matches("2 lines read, [0-2] published, 0 failed, 6\\.00 s, .*"),
                        line -> assertThat(line).matches("4 lines read, [0-4] published, 0 failed, 12\\.00 s, .*"));
        assertThat(clocked.out()).startsWith("5 published, 0 failed, 15.00 s, ");
    }

    /** Something happens before it is read. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a line is read byte by byte
    private static InputStream line(String text, Runnable before) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read() {
                if (pos == 0) {
                    before.run();
                }
                return super.read();
            }
        };
    }

    @Test
    @DisplayName("a file that is not there is a usage error")
    void noFile() {
        assertThat(publish("", "--file", "/no/such/file")).isEqualTo(2);
        assertThat(console.err()).startsWith("eventbus: cannot read the file /no/such/file: there is none");
    }

    @Test
    @DisplayName("a directory in place of a file is a usage error that says so")
    void directory() {
        assertThat(publish("", "--file", "/")).isEqualTo(2);
        assertThat(console.err()).startsWith("eventbus: cannot read the file /: it is a directory");
    }

    @Test
    @DisplayName("a topic that cannot be is a usage error of one line")
    void badTopic() {
        assertThat(console.run("publish", "--url", url, "--topic", " ")).isEqualTo(2);
        assertThat(console.err().lines()).hasSize(1);
    }

    private static String describe(RawEvent event) {
        return event.aggregateType() + " " + event.type() + " " + event.contentType() + " "
                + new String(event.body(), UTF_8);
    }

    private int publish(String input, String... options) {
        String[] args = new String[options.length + 5];
        System.arraycopy(new String[] {"publish", "--url", url, "--topic", "t"}, 0, args, 0, 5);
        System.arraycopy(options, 0, args, 5, options.length);
        return console.runWithInput(input, args);
    }

    private List<String> bodies(int count) throws InterruptedException {
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < count) {
            bodies.add(new String(next().body(), UTF_8));
        }
        return bodies;
    }

    private RawEvent next() throws InterruptedException {
        RawEvent event = received.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("the next event").isNotNull();
        return event;
    }
}
