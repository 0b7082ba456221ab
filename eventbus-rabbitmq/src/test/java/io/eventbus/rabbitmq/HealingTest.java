package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.ids;
import static io.eventbus.rabbitmq.Fixture.message;
import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static io.eventbus.rabbitmq.RabbitSenderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.eventbus.Binding;
import io.eventbus.EventBus;
import io.eventbus.Health;
import io.eventbus.RawEvent;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.tck.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a group when what it stands on is deleted at the broker. */
class HealingTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final RawEvent EVENT = new RawEvent("Order", "Placed", "key", "text/plain", new byte[0]);
    private static final Await AWAIT = Await.atMost(Fixture.PATIENCE);

    private Fixture fixture;
    private Destination deadLetters;
    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture("quorum");
        deadLetters = new Destination.DeadLetters(fixture.group);
        receiver = fixture.receiver();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a queue that is deleted ends the session, and the next one makes it again")
    void groupQueueDeleted() throws Exception {
        assertDeliveredAgainAfter(channel -> channel.queueDelete(RabbitNames.queue(fixture.group)));
    }

    @Test
    @DisplayName("an exchange that is deleted ends the session, and the next one makes it again with its bindings")
    void topicExchangeDeleted() throws Exception {
        assertDeliveredAgainAfter(channel -> channel.exchangeDelete(RabbitNames.exchange(fixture.topic)));
    }

    @Test
    @DisplayName("a bus whose queue is deleted goes on by itself, and is up again")
    void busWithoutQueue() throws Exception {
        assertBusGoesOnAfter(channel -> channel.queueDelete(RabbitNames.queue(fixture.group)));
    }

    @Test
    @DisplayName("a bus whose exchange is deleted goes on by itself, and is up again")
    void busWithoutExchange() throws Exception {
        assertBusGoesOnAfter(channel -> channel.exchangeDelete(RabbitNames.exchange(fixture.topic)));
    }

    @Test
    @DisplayName("a queue for dead letters that is deleted ends the session, and the next one makes it again")
    void queueDeleted() throws Exception {
        assertMadeAgainAfter(channel -> channel.queueDelete(RabbitNames.deadLetterQueue(fixture.group)));
    }

    @Test
    @DisplayName("an exchange for dead letters that is deleted ends the session, and the next one makes it again")
    void exchangeDeleted() throws Exception {
        assertMadeAgainAfter(channel -> channel.exchangeDelete(RabbitNames.deadLetterExchange(fixture.topic)));
    }

    @Test
    @DisplayName("an exchange for dead letters that a sender has made again gets its bindings")
    void exchangeMadeAgain() throws Exception {
        delete(channel -> channel.exchangeDelete(RabbitNames.deadLetterExchange(fixture.topic)));
        Sender sender = fixture.sender();
        assertThat(failure(sender.send(deadLetters, message(1))).kind()).isEqualTo(Kind.REJECTED);

        AWAIT.until("a dead letter that is stored", () -> {
            receiver.poll(1, SHORT);
            return sender.send(deadLetters, message(2))
                    .handle((stored, failure) -> failure == null)
                    .toCompletableFuture()
                    .join();
        });
    }

    /** The session consumes from its first poll on; before, it asks for its queue anyway. */
    private void assertDeliveredAgainAfter(Deletion deletion) throws Exception {
        receiver.poll(2, Duration.ZERO);
        Receiver next = nextSessionAfter(deletion);
        fixture.send(1, 2);

        assertThat(ids(receive(next, 2))).isEqualTo(numbered(1, 2));
    }

    /** The events that are published before there is a queue with bindings again may be lost. */
    private void assertBusGoesOnAfter(Deletion deletion) throws Exception {
        receiver.close();
        AtomicInteger handled = new AtomicInteger();
        try (EventBus bus = bus()) {
            bus.subscribe(Binding.raw(Binding.fanout()), event -> handled.incrementAndGet());
            bus.start();
            bus.publish(EVENT);
            AWAIT.until("an event that is handled", () -> handled.get() == 1);
            delete(deletion);
            AtomicReference<CompletionStage<Void>> last = new AtomicReference<>(bus.publishAsync(EVENT));
            AWAIT.until("another that is handled", () -> {
                if (last.get().toCompletableFuture().isDone()) {
                    last.set(bus.publishAsync(EVENT));
                }
                return handled.get() > 1;
            });
            AWAIT.until("the health to be up", () -> bus.health().status() == Health.Status.UP);
        }
    }

    private EventBus bus() {
        return EventBus.builder()
                .url(Fixture.brokerUrl().toString())
                .topic(fixture.topic)
                .group(fixture.group.name())
                .build();
    }

    private Receiver nextSessionAfter(Deletion deletion) throws Exception {
        delete(deletion);
        AWAIT.until("the end of the session", this::hasEnded);
        receiver.close();
        return fixture.receiver();
    }

    private void assertMadeAgainAfter(Deletion deletion) throws Exception {
        nextSessionAfter(deletion);
        fixture.send(deadLetters, 1, 1);

        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(1);
    }

    private boolean hasEnded() {
        try {
            receiver.poll(1, SHORT);
            return false;
        } catch (TransportException e) {
            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            return true;
        }
    }

    private void delete(Deletion deletion) throws Exception {
        try (Channel channel = fixture.channel()) {
            deletion.on(channel);
        }
    }

    /** What an operator does by mistake. */
    private interface Deletion {
        void on(Channel channel) throws IOException;
    }
}
