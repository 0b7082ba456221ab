package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportConfig;
import io.eventbus.tck.Timing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A transport on a real broker, a topic of its own, and the admin client to look behind. */
final class Fixture implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For what must happen, also after a session's time and a rebalance on a machine that stands still for seconds. */
    static final Duration WAIT = Timing.POSITIVE_WAIT;

    private static final Revocations NOBODY_LISTENS = (which, within) -> {};

    final String topic = "t-" + UUID.randomUUID();
    final Group group = new Group(topic, "g");
    final KafkaTransport transport;
    private final Deque<AutoCloseable> toClose = new ConcurrentLinkedDeque<>(); // members may join side by side

    Fixture() {
        this(Map.of());
    }

    Fixture(Map<String, String> options) {
        this(options, TestBroker.shared().url());
    }

    Fixture(Map<String, String> options, URI url) {
        this.transport = transport(url, options, PATIENCE);
    }

    static KafkaTransport transport(URI url, Map<String, String> options, Duration openTimeout) {
        Map<String, String> all = new HashMap<>(KafkaHarness.IMPATIENT);
        all.putAll(options);
        return new KafkaTransport(new TransportConfig(url, all, openTimeout, "eventbus-test"));
    }

    static Message message(int number) {
        return message("id-" + number, "key");
    }

    static Message message(String id, String key) {
        byte[] body = id.getBytes(StandardCharsets.UTF_8);
        return new Message(id, "Order", "Placed", key, "Order.Placed", "text/plain", Map.of(), Map.of(), body);
    }

    static void await(CompletionStage<Void> send) throws Exception {
        send.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static List<String> ids(Collection<? extends Delivery> deliveries) {
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
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (received.size() < count && System.nanoTime() < deadline) {
            received.addAll(receiver.poll(count - received.size(), Duration.ofMillis(100)));
        }
        assertThat(received).as("deliveries").hasSize(count);
        return received;
    }

    /** Until the broker knows of so few unsettled events: a settlement waits for others before it is committed. */
    void pollUntilCommitted(Receiver receiver, long backlog) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (transport.admin().describe(group).backlog() != backlog && System.nanoTime() < deadline) {
            receiver.poll(0, Duration.ofMillis(20));
        }
    }

    /** The client library's own view of the broker. */
    Admin admin() {
        return transport.unwrap(Admin.class).orElseThrow();
    }

    /** Makes the fixture's topic before the transport does. */
    void makeTopic(int partitions) throws Exception {
        admin().createTopics(List.of(new NewTopic(KafkaNames.topic(topic), partitions, (short) 1)))
                .all()
                .get();
    }

    Sender sender() {
        return closing(transport.openSender());
    }

    Receiver receiver() {
        return receiver(spec(group, StartFrom.LATEST, false));
    }

    Receiver receiver(ReceiverSpec spec) {
        return closing(transport.openReceiver(spec, NOBODY_LISTENS));
    }

    Receiver receiver(Revocations revocations) {
        return closing(transport.openReceiver(spec(group, StartFrom.LATEST, false), revocations));
    }

    static ReceiverSpec spec(Group group, StartFrom from, boolean ephemeral) {
        return new ReceiverSpec(group, "member", Set.of(RoutingPattern.ALL), 100, from, ephemeral);
    }

    /** Sends numbered messages of one key to the topic and waits for them. */
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

    @Override
    public void close() {
        toClose.forEach(Fixture::close);
        transport.close();
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(each + " does not close", e);
        }
    }
}
