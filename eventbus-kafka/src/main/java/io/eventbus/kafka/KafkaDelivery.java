package io.eventbus.kafka;

import io.eventbus.kafka.Settlements.Settlement;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record on loan; settling it leaves a note for the thread that polls. */
final class KafkaDelivery implements Delivery {

    private final ConsumerRecord<byte[], byte[]> received;
    private final Message message;
    private final int deliveryCount;
    private final PartitionQueue queue;
    private final Settlements settlements;
    private final AtomicBoolean settled = new AtomicBoolean();

    KafkaDelivery(
            ConsumerRecord<byte[], byte[]> received, int deliveryCount, PartitionQueue queue, Settlements settlements) {
        this.received = received;
        this.message = KafkaWire.read(received);
        this.deliveryCount = deliveryCount;
        this.queue = queue;
        this.settlements = settlements;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public int deliveryCount() {
        return deliveryCount;
    }

    @Override
    public void accept() {
        settle(true);
    }

    @Override
    public void release() {
        settle(false);
    }

    ConsumerRecord<byte[], byte[]> received() {
        return received;
    }

    PartitionQueue queue() {
        return queue;
    }

    private void settle(boolean accepted) {
        if (settled.compareAndSet(false, true)) {
            settlements.add(new Settlement(this, accepted));
        }
    }

    @Override
    public String toString() {
        return message + ", offset " + received.offset() + " of " + received.topic() + "-" + received.partition();
    }
}
