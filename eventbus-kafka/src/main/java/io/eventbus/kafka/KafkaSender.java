package io.eventbus.kafka;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Destination.DeadLetters;
import io.eventbus.spi.Destination.Inbox;
import io.eventbus.spi.Destination.Topic;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Sends with one producer and completes each send when the broker has written it. The first send to a destination waits
 * until the broker has the topic and the producer knows it, so that no later one waits for that.
 *
 * <p>The producer tries again by itself, in order and without duplicates, for as long as a session may be silent; what it
 * gives up on then may have been written.
 */
final class KafkaSender implements Sender, KafkaTransport.Cuttable {

    private static final String OVER = "cannot send: the session is over";

    private final KafkaTransport transport;
    private final Producer<byte[], byte[]> producer;
    private final KafkaErrors errors;
    private final Pulse<String> pulse;
    private final Set<Destination> known = new HashSet<>();

    /** Why nothing more is sent: what comes behind a message that did not get through must not overtake it. */
    private volatile @Nullable TransportException end;

    private KafkaSender(KafkaTransport transport) {
        this.transport = transport;
        this.errors = transport.errors();
        int within = (int) transport.settings().session().toMillis();
        this.pulse = transport.pulse(admin -> admin.describeCluster(new DescribeClusterOptions().timeoutMs(within))
                .clusterId());
        this.producer = transport.clients().producer();
    }

    static KafkaSender open(KafkaTransport transport) {
        KafkaSender sender = new KafkaSender(transport);
        transport.remember(sender);
        return sender;
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        try {
            requireOpen();
            return publish(record(destination, message), message);
        } catch (TransportException e) {
            return CompletableFuture.failedFuture(ending(e));
        }
    }

    /** What was sent is on its way: the producer holds nothing back, unless its user wants it to linger. */
    @Override
    public void flush() {
        requireOpen();
        pulse.check(OVER);
    }

    /** What is still open may have been written. */
    @Override
    public void close() {
        transport.forget(this);
        cut();
    }

    @Override
    public void cut() {
        ending(errors.failure(Kind.UNAVAILABLE, Outcome.NOT_ACCEPTED, OVER, "it was closed"));
        producer.close(Duration.ZERO);
    }

    private ProducerRecord<byte[], byte[]> record(Destination destination, Message message) {
        if (destination instanceof Topic to) {
            String topic = KafkaNames.topic(to.name());
            prepare(destination, topic, inquiry -> transport.topics().ensure(inquiry, topic));
            return KafkaWire.write(topic, message.key(), message);
        }
        if (destination instanceof Inbox to) {
            String topic = KafkaNames.topic(to.group().topic());
            prepare(destination, topic, inquiry -> requireGroup(inquiry, to.group()));
            return KafkaWire.write(topic, message.key(), message);
        }
        Group group = ((DeadLetters) destination).group();
        String topic = KafkaNames.deadLetters(group);
        prepare(destination, topic, inquiry -> {
            requireGroup(inquiry, group);
            transport.topics().ensureDeadLetters(inquiry, group);
        });
        // a key of its own for each letter: removing one must not remove another of the same event that comes meanwhile
        return KafkaWire.write(topic, message.id() + "#" + UUID.randomUUID(), message);
    }

    private CompletionStage<Void> publish(ProducerRecord<byte[], byte[]> sent, Message message) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread sending = Thread.currentThread();
        try {
            producer.send(sent, (written, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    boolean here = Thread.currentThread().equals(sending);
                    result.completeExceptionally(ending(failed(message, sent.topic(), failure, here)));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            result.completeExceptionally(ending(failed(message, sent.topic(), e, true)));
        }
        return result;
    }

    /** What fails on the thread that sends has not been handed to the producer's own, which writes. */
    private TransportException failed(Message message, String topic, Exception failure, boolean here) {
        String what = "cannot send " + message + " to topic " + topic;
        return here ? errors.lost(what, Outcome.NOT_ACCEPTED, failure) : errors.notConfirmed(what, failure);
    }

    private void prepare(Destination destination, String topic, Preparation preparation) {
        if (known.contains(destination)) {
            return;
        }
        String what = "cannot send to topic " + topic;
        try {
            Inquiry inquiry = transport.inquiry(what);
            preparation.with(inquiry);
            Set<TopicPartition> partitions = producer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet());
            // their leaders answer: what is sent to a new topic before comes back and is sent again slowly, one by one
            Topics.offsets(inquiry, partitions, OffsetSpec.latest());
            known.add(destination);
        } catch (TransportException e) {
            throw e.kind() == Kind.TIMEOUT ? errors.lost(what, Outcome.NOT_ACCEPTED, e) : e;
        } catch (KafkaException | IllegalStateException e) {
            throw errors.lost(what, Outcome.NOT_ACCEPTED, e);
        }
    }

    private void requireGroup(Inquiry inquiry, Group group) {
        if (Groups.committed(inquiry, group).isEmpty()) {
            throw errors.failure(
                    Kind.REJECTED,
                    Outcome.NOT_ACCEPTED,
                    "cannot send to " + group,
                    "the group does not exist, or keeps no dead letters");
        }
    }

    private void requireOpen() {
        TransportException cause = end;
        if (cause != null) {
            throw new TransportException(
                    Kind.UNAVAILABLE, Outcome.NOT_ACCEPTED, OVER + ": " + cause.getMessage(), cause);
        }
    }

    /** The first failure to reach the broker is the end of the session. */
    private TransportException ending(TransportException failure) {
        if (failure.kind() == Kind.UNAVAILABLE && end == null) {
            end = failure;
        }
        return failure;
    }

    /** What has to be there before the first message is sent. */
    private interface Preparation {
        void with(Inquiry inquiry);
    }
}
