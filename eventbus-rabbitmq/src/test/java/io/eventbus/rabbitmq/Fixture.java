package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.eventbus.brokers.RabbitMqBroker;
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
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A transport on a real broker, a topic of its own, and the plain client to look behind; cleans up behind itself. */
final class Fixture {

    /** RabbitMQ takes nothing back while the session lasts. */
    private static final Revocations NONE_REVOKED = (which, within) -> {
        throw new AssertionError("deliveries are revoked");
    };

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final String topic = "t-" + UUID.randomUUID();
    final Group group = new Group(topic, "g");
    final Transport transport;
    private final Connection connection;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    Fixture(String queueType) throws Exception {
        this(Map.of("rabbitmq.queue-type", queueType), brokerUrl());
    }

    Fixture(Map<String, String> options, URI url) throws Exception {
        this.transport = transport(url, options, PATIENCE);
        this.connection = transport(brokerUrl(), Map.of(), PATIENCE)
                .unwrap(ConnectionFactory.class)
                .orElseThrow()
                .newConnection();
    }

    static URI brokerUrl() {
        return RabbitMqBroker.shared().url();
    }

    /** The broker's URL with another host, port or login. */
    static URI brokerUrl(String login, String host, int port) {
        return URI.create(
                "amqp://" + login + "@" + host + ":" + port + brokerUrl().getRawPath());
    }

    static Transport transport(URI url, Map<String, String> options, Duration openTimeout) {
        return new RabbitTransportProvider().create(new TransportConfig(url, options, openTimeout, "eventbus-test"));
    }

    static Message message(int number) {
        return message("id-" + number, "Order.Placed");
    }

    static Message message(String id, String routingKey) {
        byte[] body = id.getBytes(StandardCharsets.UTF_8);
        return new Message(id, "Order", "Placed", "key", routingKey, "text/plain", Map.of(), Map.of(), body);
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

    /** The plain client, with a channel that nobody else uses. */
    Channel channel() throws Exception {
        return connection.createChannel();
    }

    /** Of a client that runs callbacks so late; whoever is given it closes it. */
    Connection lateConnection(Duration late) throws Exception {
        ExecutorService callbacks = new ScheduledThreadPoolExecutor(1) {
            @Override
            public void execute(Runnable callback) {
                schedule(callback, late.toMillis(), TimeUnit.MILLISECONDS);
            }
        };
        AutoCloseable end = callbacks::shutdownNow;
        closing(end);
        return transport.unwrap(ConnectionFactory.class).orElseThrow().newConnection(callbacks);
    }

    static AmqpErrors errors() {
        return new AmqpErrors(BrokerUrl.parse(brokerUrl()));
    }

    Sender sender() {
        return closing(transport.openSender());
    }

    Receiver receiver() {
        return receiver(group, 100);
    }

    Receiver receiver(Group joined, int maxInFlight) {
        return receiver(spec(joined, maxInFlight, false, RoutingPattern.ALL));
    }

    Receiver receiver(ReceiverSpec spec) {
        return closing(transport.openReceiver(spec, NONE_REVOKED));
    }

    /** Of the same group, by a client that hands over so late what the broker pushes. */
    Receiver receiver(String queueType, Duration late) throws Exception {
        return closing(new RabbitReceiver(
                lateConnection(late),
                spec(group, 100, false, RoutingPattern.ALL),
                new RabbitTopology(queueType),
                errors()));
    }

    /** Of the same group, by another way to the broker. */
    Receiver receiver(Transport way) {
        return closing(way.openReceiver(spec(group, 100, false, RoutingPattern.ALL), NONE_REVOKED));
    }

    static ReceiverSpec spec(Group group, int maxInFlight, boolean ephemeral, RoutingPattern... patterns) {
        return new ReceiverSpec(group, "member-1", Set.of(patterns), maxInFlight, StartFrom.LATEST, ephemeral);
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
        try (Channel channel = channel()) {
            channel.queueDelete(RabbitNames.queue(group));
            channel.queueDelete(RabbitNames.deadLetterQueue(group));
            channel.exchangeDelete(RabbitNames.exchange(topic));
            channel.exchangeDelete(RabbitNames.deadLetterExchange(topic));
        }
        connection.close();
    }
}
