package io.eventbus.inmemory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What a test on the SPI works with: a transport, a sender, one topic, and messages whose body is a short text. */
final class Bench implements AutoCloseable {
    static final String TOPIC = "orders";
    static final Group GROUP = new Group(TOPIC, "projections");
    static final Group OTHER = new Group(TOPIC, "audit");
    static final int IN_FLIGHT = 100;

    /** Longer than any test runs: a poll that waits so long has hung. */
    static final Duration LONG = Duration.ofMinutes(10);

    /** A broker in the JVM takes nothing back. */
    static final Revocations NONE_REVOKED = (which, within) -> {
        throw new AssertionError("deliveries are revoked");
    };

    final Transport transport;
    final Sender sender;

    /** A broker of its own. */
    Bench() {
        this("memory:/", Map.of());
    }

    Bench(String url, Map<String, String> options) {
        TransportConfig config = new TransportConfig(URI.create(url), options, Duration.ofSeconds(1), "test");
        transport = new MemoryTransportProvider().create(config);
        sender = transport.openSender();
    }

    /** The URL of a shared broker that no other test uses. */
    static String freshUrl() {
        return "memory:" + UUID.randomUUID();
    }

    Receiver join(Group group) {
        return transport.openReceiver(spec(group, StartFrom.LATEST, false), NONE_REVOKED);
    }

    Receiver joinEphemeral(Group group) {
        return transport.openReceiver(spec(group, StartFrom.LATEST, true), NONE_REVOKED);
    }

    static ReceiverSpec spec(Group group, StartFrom startFrom, boolean ephemeral) {
        return new ReceiverSpec(
                group, UUID.randomUUID().toString(), Set.of(RoutingPattern.ALL), IN_FLIGHT, startFrom, ephemeral);
    }

    void send(String... texts) {
        for (String text : texts) {
            sendTo(new Destination.Topic(TOPIC), text);
        }
    }

    void sendTo(Destination destination, String text) {
        send(destination, message(text));
    }

    /** Waits, and throws what the stage fails with. */
    void send(Destination destination, Message message) {
        try {
            sender.send(destination, message).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (TransportException) e.getCause();
        }
    }

    GroupInfo describe(Group group) {
        return transport.admin().describe(group);
    }

    static Message message(String text) {
        byte[] body = text.getBytes(UTF_8);
        return new Message(
                "id-" + text, "Order", "Placed", null, "Order.Placed", "text/plain", Map.of(), Map.of(), body);
    }

    /** The texts first to last. */
    static String[] numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** What is there now. */
    static List<Delivery> take(Receiver receiver) {
        return receiver.poll(IN_FLIGHT, Duration.ZERO);
    }

    /** The first message that is there now. */
    static Delivery takeOne(Receiver receiver) {
        return receiver.poll(1, Duration.ZERO).get(0);
    }

    /** A long poll that another thread has begun: it waits by now, unless it is done. Fails if it does not end. */
    static CompletableFuture<List<Delivery>> waiting(Receiver receiver, int maxMessages) {
        CompletableFuture<List<Delivery>> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.completeAsync(() -> receiver.poll(maxMessages, LONG), Runnable::run));
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && !result.isDone()) {
            Thread.onSpinWait();
        }
        return result.orTimeout(30, TimeUnit.SECONDS);
    }

    static CompletableFuture<List<Delivery>> waiting(Receiver receiver) {
        return waiting(receiver, IN_FLIGHT);
    }

    /** What is there, in so many polls: of what was delivered before, each brings one. */
    static List<Delivery> takeOneByOne(Receiver receiver, int polls) {
        List<Delivery> taken = new ArrayList<>();
        for (int i = 0; i < polls; i++) {
            taken.addAll(receiver.poll(100, Duration.ZERO));
        }
        return taken;
    }

    static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(Bench::text).toList();
    }

    static String text(Delivery delivery) {
        return text(delivery.message());
    }

    static String text(Message message) {
        return new String(message.body(), UTF_8);
    }

    @Override
    public void close() {
        transport.close();
    }
}
