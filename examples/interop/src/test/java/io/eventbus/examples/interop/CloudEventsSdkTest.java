package io.eventbus.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.brokers.KafkaBroker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka records, written and read by the CloudEvents project's own SDK. */
@Timeout(180)
class CloudEventsSdkTest {
    private final KafkaBroker broker = KafkaBroker.shared();
    private final String topic = "orders-" + UUID.randomUUID();
    private final Map<String, Object> servers = Map.of("bootstrap.servers", broker.host() + ":" + broker.port());

    @Test
    @DisplayName("the SDK reads what the bus wrote: attributes, key and payload")
    void sdkReadsOurs() throws InterruptedException {
        Orders.publish(broker.url(), topic, "projections");

        ConsumerRecord<String, CloudEvent> received = receive();

        assertThat(received.key()).isEqualTo(Orders.KEY);
        CloudEvent event = received.value();
        assertThat(event.getId()).isEqualTo(Orders.ID);
        assertThat(event.getType()).isEqualTo("OrderPlaced");
        assertThat(event.getSource()).isNotNull();
        assertThat(event.getTime()).isNotNull();
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("aggregatetype")).isEqualTo("Order");
        assertThat(event.getExtension("partitionkey")).isEqualTo(Orders.KEY);
        assertThat(event.getData().toBytes()).asString().isEqualTo(Orders.PAYLOAD);
    }

    @Test
    @DisplayName("the bus reads what the SDK wrote: as an event of a type that is registered, and as a raw one")
    void busReadsTheirs() throws InterruptedException {
        BlockingQueue<Event<OrderPlaced>> typed = new ArrayBlockingQueue<>(1);
        BlockingQueue<Event<RawEvent>> raw = new ArrayBlockingQueue<>(1);
        try (EventBus bus = EventBus.builder()
                .url(broker.url().toString())
                .topic(topic)
                .group("projections")
                .events(OrderPlaced.class)
                .openTimeout(Orders.PATIENCE)
                .build()) {
            bus.subscribe(OrderPlaced.class, typed::put);
            bus.subscribe(Binding.raw(Binding.fanout()), raw::put);
            bus.start();

            send(CloudEventBuilder.v1()
                    .withId(Orders.ID)
                    .withSource(URI.create("/shop"))
                    .withType("OrderPlaced")
                    .withDataContentType("application/json")
                    .withExtension("aggregatetype", "Order")
                    .withData(Orders.PAYLOAD.getBytes(StandardCharsets.UTF_8))
                    .build());

            Event<OrderPlaced> event = typed.poll(30, TimeUnit.SECONDS);
            assertThat(event.id()).isEqualTo(Orders.ID);
            assertThat(event.payload().orderId()).isEqualTo(Orders.KEY);
            RawEvent unread = raw.poll(30, TimeUnit.SECONDS).payload();
            assertThat(unread.key()).isEqualTo(Orders.KEY);
            assertThat(unread.body()).asString().isEqualTo(Orders.PAYLOAD);
        }
    }

    private ConsumerRecord<String, CloudEvent> receive() {
        try (KafkaConsumer<String, CloudEvent> consumer =
                new KafkaConsumer<>(servers, new StringDeserializer(), new CloudEventDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ConsumerRecords<String, CloudEvent> records = consumer.poll(Duration.ofSeconds(1));
            while (records.isEmpty()) {
                records = consumer.poll(Duration.ofSeconds(1));
            }
            return records.iterator().next();
        }
    }

    private void send(CloudEvent event) {
        try (KafkaProducer<String, CloudEvent> producer =
                new KafkaProducer<>(servers, new StringSerializer(), new CloudEventSerializer())) {
            producer.send(new ProducerRecord<>(topic, Orders.KEY, event));
        }
    }
}
