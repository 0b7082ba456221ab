package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.GROUP;
import static io.eventbus.internal.EngineBench.TOPIC;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.RawEvent;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the transport and what the wire are told of a namespace. */
@Timeout(60)
class NamespaceTest {
    private static final String INSIDE = "shop\u001f" + TOPIC;
    private static final RawEvent EVENT = new RawEvent("Order", "Placed", "k", "application/json", new byte[0]);

    private final EngineBench bench = new EngineBench(builder -> builder.namespace("shop"));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName(
            "the transport is given the namespace before the topic, and what it sends says the application's topic")
    void publishes() {
        bench.bus().start();
        bench.bus().publishAsync(EVENT);
        FedTransport.Sent sent = bench.transport().sent().await(0);
        assertThat(sent.destination()).isEqualTo(new Destination.Topic(INSIDE));
        assertThat(sent.message().attributes()).containsEntry(HeaderNames.SOURCE, TOPIC);
    }

    @Test
    @DisplayName("a dead letter goes to the group inside the namespace, and names the application's topic")
    void buries() {
        bench.handle(event -> {
            throw new IllegalStateException("no");
        });
        bench.start().deliver(message("1", "k"));
        FedTransport.Sent sent = bench.transport().sent().await(0);
        assertThat(sent.destination()).isEqualTo(new Destination.DeadLetters(new Group(INSIDE, GROUP)));
        assertThat(sent.message().attributes()).containsEntry(HeaderNames.TOPIC, TOPIC);
    }

    @Test
    @DisplayName("without a namespace names are the application's")
    void none() {
        try (EngineBench plain = new EngineBench()) {
            plain.bus().start();
            plain.bus().publishAsync(EVENT);
            assertThat(plain.transport().sent().await(0).destination()).isEqualTo(new Destination.Topic(TOPIC));
        }
    }

    @Test
    @DisplayName("the bus says which namespace it is in")
    void shown() {
        assertThat(bench.bus()).hasToString("EventBus[namespace shop, topic orders, group billing, NEW]");
    }
}
