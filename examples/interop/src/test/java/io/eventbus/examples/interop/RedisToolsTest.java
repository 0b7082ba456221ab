package io.eventbus.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventbus.brokers.Control;
import io.eventbus.brokers.RedisBroker;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With redis-cli. */
@Timeout(180)
class RedisToolsTest {
    private final RedisBroker broker = RedisBroker.shared();
    private final String topic = "orders-" + UUID.randomUUID();
    private final String key = "eventbus:{" + topic + "}";

    @BeforeEach
    void needsTools() {
        assumeTrue(broker.can(Control.ADMINISTER), broker + " has no tools here");
    }

    @Test
    @DisplayName("redis-cli shows an event as fields that can be read")
    void entry() throws InterruptedException {
        Orders.publish(broker.url(), topic, "projections");

        String shown = broker.cli("XRANGE", key, "-", "+");

        Transcript.of("redis-xrange", shown);
        assertThat(shown.lines())
                .contains("ce_type", "OrderPlaced", "ce_id", Orders.ID, "region", "eu", Orders.PAYLOAD);
    }

    @Test
    @DisplayName("redis-cli shows the groups of a topic, and how far they are")
    void groups() throws InterruptedException {
        Orders.publish(broker.url(), topic, "projections");

        String shown = broker.cli("XINFO", "GROUPS", key);

        Transcript.of("redis-xinfo-groups", shown);
        assertThat(shown.lines()).containsSequence("name", "projections").containsSequence("lag", "1");
    }
}
