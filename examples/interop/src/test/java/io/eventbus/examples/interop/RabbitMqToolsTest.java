package io.eventbus.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbus.brokers.Control;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.Vhost;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With rabbitmqctl, and with the management plugin, which is what rabbitmqadmin and the browser's pages ask. */
@Timeout(180)
class RabbitMqToolsTest {
    private final RabbitMqBroker broker = RabbitMqBroker.shared();
    private Vhost vhost;

    @BeforeEach
    void publish() throws InterruptedException {
        assumeTrue(broker.can(Control.ADMINISTER), broker + " has no tools here");
        vhost = broker.newVhost();
        Orders.publish(vhost.url(), "orders", "projections");
    }

    @AfterEach
    void close() {
        if (vhost != null) {
            vhost.close();
        }
    }

    @Test
    @DisplayName("rabbitmqctl shows a topic and its groups under their names")
    void names() {
        String queues = broker.ctl("list_queues", "-p", vhost.name(), "name", "type");
        String bindings =
                broker.ctl("list_bindings", "-p", vhost.name(), "source_name", "routing_key", "destination_name");

        Transcript.of("rabbitmqctl-list-queues", queues);
        Transcript.of("rabbitmqctl-list-bindings", bindings);
        assertThat(queues).contains("orders.projections\t");
        assertThat(bindings).contains("orders\tOrder.OrderPlaced\torders.projections\n");
    }

    @Test
    @DisplayName("the management plugin shows an event with its attributes and its payload")
    void message() throws IOException, InterruptedException {
        RabbitMqManagement management = RabbitMqManagement.enable(broker);
        assumeTrue(management.isReachable(), "the management plugin is not reached from here");

        JsonNode message = management.peek(vhost, "orders.projections");

        Transcript.of("rabbitmq-management-get", message.toPrettyString());
        assertThat(message.at("/routing_key").asText()).isEqualTo("Order.OrderPlaced");
        assertThat(message.at("/properties/content_type").asText()).isEqualTo("application/json");
        assertThat(message.at("/properties/headers/cloudEvents:type").asText()).isEqualTo("OrderPlaced");
        assertThat(message.at("/properties/headers/region").asText()).isEqualTo("eu");
        assertThat(message.at("/payload").asText()).isEqualTo(Orders.PAYLOAD);
    }
}
