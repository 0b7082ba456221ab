package io.eventbus.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventbus.brokers.Control;
import io.eventbus.brokers.KafkaBroker;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the programs that come with Kafka. */
@Timeout(180)
class KafkaToolsTest {
    private final KafkaBroker broker = KafkaBroker.shared();
    private final String server = broker.host() + ":" + broker.port();
    private final String topic = "orders-" + UUID.randomUUID();

    @BeforeEach
    void needsTools() {
        assumeTrue(broker.can(Control.ADMINISTER), broker + " has no tools here");
    }

    @Test
    @DisplayName("the console consumer shows an event with its key and its attributes")
    void consoleConsumer() throws InterruptedException {
        Orders.publish(broker.url(), topic, "projections");

        String shown = broker.tool(
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                server,
                "--topic",
                topic,
                "--from-beginning",
                "--max-messages",
                "1",
                "--formatter-property",
                "print.key=true",
                "--formatter-property",
                "print.headers=true");

        Transcript.of("kafka-console-consumer", shown);
        assertThat(shown)
                .contains("ce_id:" + Orders.ID, "ce_type:OrderPlaced", "ce_specversion:1.0", "region:eu")
                .contains("\t" + Orders.KEY + "\t" + Orders.PAYLOAD);
    }

    @Test
    @DisplayName("the group command shows how far a group is")
    void groups() throws InterruptedException {
        Orders.publish(broker.url(), topic, "projections");

        String shown = broker.tool(
                "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
                "--bootstrap-server",
                server,
                "--describe",
                "--group",
                topic + ".projections");

        Transcript.of("kafka-consumer-groups", shown);
        assertThat(column("LOG-END-OFFSET", shown)).containsOnlyOnce("1").containsOnly("0", "1");
        assertThat(column("CURRENT-OFFSET", shown)).containsOnly("0");
        assertThat(column("LAG", shown)).containsOnlyOnce("1").containsOnly("0", "1");
    }

    /** {@return what a table says of the group's partitions under a heading} */
    private List<String> column(String heading, String table) {
        List<List<String>> rows =
                table.lines().map(line -> List.of(line.split("\\s+"))).toList();
        List<String> headings =
                rows.stream().filter(row -> row.contains(heading)).findFirst().orElseThrow();
        return rows.stream()
                .filter(row -> row.get(0).equals(topic + ".projections"))
                .map(row -> row.get(headings.indexOf(heading)))
                .toList();
    }
}
