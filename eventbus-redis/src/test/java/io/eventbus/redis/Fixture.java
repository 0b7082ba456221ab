package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A transport on a real Redis, a topic of its own, and redis-cli to look behind; cleans up behind itself. */
final class Fixture {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So long that none ends by itself before a test has made its next step on a busy machine: the tests {@link #age} it. */
    static final Duration LEASE = Duration.ofSeconds(14);

    /** Two of them are a lease, and none is when the machine takes its time besides. */
    static final Duration HALF_LEASE = LEASE.dividedBy(2);

    final String topic = "t-" + UUID.randomUUID();
    final Group group = new Group(topic, "g");
    final String key = "eventbus:{" + topic + "}";
    final RedisBroker broker;
    final Transport transport;
    final List<Predicate<Delivery>> revoked = new ArrayList<>();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    Fixture() {
        this(Map.of());
    }

    Fixture(Map<String, String> options) {
        this(own(), own().url(), options);
    }

    Fixture(RedisBroker broker, URI url, Map<String, String> options) {
        this(broker, url, options, PATIENCE);
    }

    Fixture(RedisBroker broker, URI url, Map<String, String> options, Duration openTimeout) {
        this.broker = broker;
        this.transport = transport(url, options, openTimeout);
    }

    /** The Redis of this module's own tests, which look behind it and configure it. One that is given is for the kit alone. */
    static RedisBroker own() {
        return Own.BROKER;
    }

    /** Started when the first test needs it; ends with the JVM. */
    private static final class Own {
        private static final RedisBroker BROKER = RedisBroker.launch();
    }

    static Transport transport(URI url, Map<String, String> options, Duration openTimeout) {
        return new RedisTransportProvider().create(new TransportConfig(url, options, openTimeout, "eventbus test"));
    }

    /** A URL with another host, port or login. */
    static URI url(String login, String host, int port) {
        return URI.create("redis://" + (login.isEmpty() ? "" : login + "@") + host + ":" + port);
    }

    static Message message(int number) {
        byte[] body = ("id-" + number).getBytes(StandardCharsets.UTF_8);
        return new Message(
                "id-" + number, "Order", "Placed", "key", "Order.Placed", "text/plain", Map.of(), Map.of(), body);
    }

    static void await(CompletionStage<Void> send) throws Exception {
        send.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.message().id()).toList();
    }

    static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "id-" + number)
                .toList();
    }

    /** Polls until so many deliveries have come. */
    static List<Delivery> receive(Receiver receiver, int count) {
        List<Delivery> received = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (received.size() < count && System.nanoTime() < deadline) {
            received.addAll(receiver.poll(count - received.size(), Duration.ofMillis(100)));
        }
        assertThat(received).as("deliveries").hasSize(count);
        return received;
    }

    /** Polls as the engine does, so often that it has looked at least once for what others left. */
    static List<Delivery> lookAround(Receiver receiver) {
        List<Delivery> received = new ArrayList<>();
        for (int polls = 0; polls < 6; polls++) {
            received.addAll(receiver.poll(10, Duration.ofMillis(200)));
        }
        return received;
    }

    /** Polls as the engine does, for some time. */
    static List<Delivery> pollFor(Receiver receiver, int max, Duration time) {
        List<Delivery> received = new ArrayList<>();
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline) {
            received.addAll(receiver.poll(max, Duration.ofMillis(200)));
        }
        return received;
    }

    String cli(String... arguments) {
        return broker.cli(arguments).strip();
    }

    /** As if Redis had not heard of any entry that is pending for so much longer. */
    static void age(RedisBroker broker, String key, Duration by) {
        broker.cli("EVAL", """
                for _, entry in ipairs(redis.call('XPENDING', KEYS[1], 'g', '-', '+', 100)) do
                  redis.call('XCLAIM', KEYS[1], 'g', entry[2], 0, entry[1], 'IDLE', entry[3] + ARGV[1], 'JUSTID')
                end
                """, "1", key, Long.toString(by.toMillis()));
    }

    /** How long Redis has not heard of each entry that is pending, in their order, in milliseconds. */
    static List<Long> silences(RedisBroker broker, String key) {
        List<String> lines =
                broker.cli("XPENDING", key, "g", "-", "+", "10").strip().lines().toList();
        return IntStream.range(0, lines.size() / 4)
                .mapToObj(entry -> Long.valueOf(lines.get(entry * 4 + 2)))
                .toList();
    }

    Sender sender() {
        return closing(transport.openSender());
    }

    Receiver receiver() {
        return receiver("member-1");
    }

    Receiver receiver(String member) {
        return receiver(spec(group, member, false));
    }

    Receiver receiver(ReceiverSpec spec) {
        return receiver(transport, spec);
    }

    /** A member in a process of its own, as far as Redis sees: closing its transport is its death. */
    Receiver receiver(Transport other, ReceiverSpec spec) {
        return closing(other.openReceiver(spec, (which, within) -> revoked.add(which)));
    }

    static ReceiverSpec spec(Group group, String member, boolean ephemeral) {
        return new ReceiverSpec(group, member, Set.of(RoutingPattern.ALL), 100, StartFrom.LATEST, ephemeral);
    }

    /** A connection of nobody's session. */
    RedisLink link(URI url) throws IOException {
        Map<String, String> options = Map.of("redis.answer-timeout", "30s", "redis.lease", "60s");
        TransportConfig config = new TransportConfig(url, options, PATIENCE, "eventbus test");
        RedisLink link = new Connector(RedisUrl.parse(url, "0"), config).open(Deadline.in(PATIENCE));
        toClose.push(link::close);
        return link;
    }

    /** Sends numbered messages to the topic and waits for them. */
    void send(int from, int to) throws Exception {
        send(new Destination.Topic(topic), from, to);
    }

    void send(Destination destination, int from, int to) throws Exception {
        try (Sender sender = transport.openSender()) {
            List<CompletionStage<Void>> sent = IntStream.rangeClosed(from, to)
                    .mapToObj(number -> sender.send(destination, message(number)))
                    .toList();
            sender.flush();
            for (CompletionStage<Void> each : sent) {
                await(each);
            }
        }
    }

    <T extends AutoCloseable> T closing(T closeable) {
        toClose.push(closeable);
        return closeable;
    }

    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        transport.close();
        if (broker.equals(own())) {
            cli("DEL", key, key + ":dlq:g", key + ":dlq:other");
        }
    }
}
