package io.eventbus.kafka;

import io.eventbus.kafka.Settlements.Settlement;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer: as a member of a group it gets some of the topic's partitions and commits what is settled of them; of an
 * ephemeral group it gets all of them from their ends, and commits nothing.
 *
 * <p>Everything is done by the thread that polls. Partitions are paused while there is no room, so that polling goes on,
 * which keeps the member in the group.
 */
final class KafkaReceiver implements Receiver, KafkaTransport.Cuttable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReceiver.class);

    /** How many records one fetch brings at most. */
    private static final int MAX_RECORDS = 200;

    /** How soon a commit is made again that a rebalance has prevented. */
    private static final Duration AGAIN = Duration.ofMillis(20);

    /** How long a leaving member takes part in a rebalance, so that it can commit. */
    private static final Duration LAST_COMMIT = Duration.ofSeconds(2);

    /** How long the broker has for a goodbye; it waits for an open fetch, which is up to half a second and not worth it. */
    private static final Duration GOODBYE = Duration.ofMillis(100);

    private static final String OVER = "the session is over";

    private final KafkaTransport transport;
    private final ReceiverSpec spec;
    private final String topic;
    private final int maxRecords;
    private final Pulse<TopicDescription> pulse;
    private final Consumer<byte[], byte[]> consumer;
    private final Commits commits;
    private final Wakeups wakeups;
    private final Standstill standstill;
    private final Settlements settlements;
    private final Assignment assignment;
    private final Rebalance rebalance;
    private @Nullable Uuid topicId;
    private boolean draining;

    /** Whether records were claimed and the claim is not committed yet: they are not handed over before. */
    private boolean claimed;

    private boolean ended;
    private boolean closed;

    private KafkaReceiver(KafkaTransport transport, ReceiverSpec spec, Revocations revocations) {
        this.transport = transport;
        this.spec = spec;
        this.topic = KafkaNames.topic(spec.group().topic());
        this.maxRecords = Math.min(MAX_RECORDS, spec.maxInFlight());
        Duration session = transport.settings().session();
        DescribeTopicsOptions inTime = new DescribeTopicsOptions().timeoutMs((int) session.toMillis());
        this.pulse = transport.pulse(admin ->
                Inquiry.answer(admin.describeTopics(List.of(topic), inTime).topicNameValues(), topic));
        this.consumer = spec.ephemeral()
                ? transport.clients().consumer(maxRecords)
                : transport.clients().member(KafkaNames.group(spec.group()), maxRecords);
        this.wakeups = new Wakeups(consumer::wakeup);
        this.standstill = new Standstill(spec.group(), transport.settings().standstillLimit(), System::nanoTime);
        this.commits = new Commits(consumer, wakeups, session, transport.metadataLimit(), standstill);
        this.settlements = new Settlements(wakeups::wake);
        this.assignment = new Assignment(settlements);
        this.rebalance = new Rebalance(
                assignment, commits, wakeups, revocations, transport.settings().revocation(), standstill, this::settle);
    }

    /** Begins the group if it is new, and joins it. */
    static KafkaReceiver open(KafkaTransport transport, ReceiverSpec spec, Revocations revocations, Inquiry inquiry) {
        KafkaReceiver receiver = new KafkaReceiver(transport, spec, revocations);
        transport.remember(receiver);
        try {
            receiver.join(inquiry);
            transport.began(spec.group());
            return receiver;
        } catch (KafkaException | TransportException e) {
            receiver.ended = true;
            receiver.close();
            throw e;
        }
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        requireOpen();
        try {
            return pollOpen(draining ? 0 : maxMessages, timeout);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (KafkaException e) {
            ended = true;
            throw transport.errors().lost(OVER, Outcome.UNKNOWN, e);
        } catch (TransportException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public void wakeup() {
        wakeups.wake();
    }

    /** Kafka gives a member everything; the engine selects. */
    @Override
    public void bind(RoutingPattern pattern) {
        requireOpen();
    }

    /** The partitions stay until the session ends, since they can only go as a whole. */
    @Override
    public void drain() {
        requireOpen();
        draining = true;
        assignment.dropWaiting();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        draining = true;
        transport.forget(this);
        boolean goodbye = !wakeups.isCut() && !ended && !spec.ephemeral();
        rebalance.leaving();
        try {
            if (goodbye) {
                commitLast();
            }
        } catch (KafkaException e) {
            LOG.debug("the last commit of {} may be lost; what it settled comes again then", spec.group(), e);
        }
        rebalance.left();
        closeConsumer(goodbye && !wakeups.isCut() ? GOODBYE : Duration.ZERO);
    }

    @Override
    public void cut() {
        wakeups.cut();
    }

    private List<Delivery> pollOpen(int room, Duration timeout) {
        beat();
        settle();
        boolean claimedBefore = claimed;
        fetch(room > 0, wait(room, timeout));
        settlements.await(false);
        settle();
        if (room > 0 && !claimedBefore) {
            claimed |= assignment.claimAgain();
        }
        boolean heldBack = !commitIfDue(room) || claimed;
        return heldBack ? List.of() : Collections.unmodifiableList(assignment.take(room));
    }

    /** A member that others hold up joins later: the group has begun, so that nothing is lost meanwhile. */
    private void join(Inquiry inquiry) {
        Set<TopicPartition> partitions = transport.topics().ensure(inquiry, topic);
        if (spec.ephemeral()) {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(partition -> consumer.position(partition, inquiry.remaining()));
            partitions.forEach(partition -> assignment.add(partition, null));
            return;
        }
        if (Groups.committed(inquiry, spec.group()).isEmpty()) {
            Groups.begin(inquiry, spec.group(), start(partitions, inquiry.remaining()));
        }
        consumer.subscribe(List.of(topic), rebalance);
        standstill.waits();
        while (!rebalance.hasJoined()
                && !wakeups.isCut()
                && !inquiry.remaining().isZero()) {
            fetch(true, inquiry.remaining());
        }
        if (!rebalance.hasJoined() && !wakeups.isCut()) {
            LOG.info("this member is not in {} yet, and gets partitions once it is", spec.group());
        }
    }

    /** The consumer's question, unlike the admin client's, waits until the broker knows a topic that is new. */
    private Map<TopicPartition, Long> start(Set<TopicPartition> partitions, Duration within) {
        return transport.startOf(spec) == StartFrom.EARLIEST
                ? consumer.beginningOffsets(partitions, within)
                : consumer.endOffsets(partitions, within);
    }

    /**
     * Notices that the broker is silent, that the topic is gone, that the group stands still and, without a group, that the
     * topic has got partitions.
     */
    private void beat() {
        TopicDescription description = pulse.check(OVER);
        if (description != null) {
            requireSame(description.topicId());
        }
        standstill.check(transport.errors(), OVER);
        Set<TopicPartition> known = assignment.partitions();
        if (description != null && spec.ephemeral() && description.partitions().size() > known.size()) {
            Set<TopicPartition> added = description.partitions().stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .filter(partition -> !known.contains(partition))
                    .collect(Collectors.toSet());
            added.forEach(partition -> assignment.add(partition, null));
            consumer.assign(assignment.partitions());
            consumer.seekToBeginning(added);
        }
    }

    /** Offsets mean something else in a topic that was made anew. */
    private void requireSame(Uuid id) {
        if (topicId != null && !topicId.equals(id)) {
            throw transport
                    .errors()
                    .failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, OVER, "the topic was deleted and made anew");
        }
        topicId = id;
    }

    private void settle() {
        for (Settlement next = settlements.poll(); next != null; next = settlements.poll()) {
            PartitionQueue queue = next.delivery().queue();
            long offset = next.delivery().received().offset();
            if (next.accepted()) {
                queue.window().settle(offset);
            } else if (draining) {
                queue.window().giveBack(offset);
            } else {
                queue.putBack(next.delivery().received());
            }
        }
    }

    /** No longer than the caller says, until something is there to be handed over, or a commit is due. */
    private Duration wait(int room, Duration timeout) {
        boolean changed = assignment.isChanged() && !spec.ephemeral();
        boolean settledMeanwhile = !settlements.await(!changed);
        if (settledMeanwhile || (room > 0 && !claimed && assignment.hasWaiting())) {
            return Duration.ZERO;
        }
        // the consumer counts in whole milliseconds; a commit that a rebalance prevented waits for the next
        Duration untilCommit = changed ? commits.untilDue().plusMillis(1) : timeout;
        Duration shortest = claimed ? AGAIN : untilCommit;
        return shortest.isNegative() ? Duration.ZERO : shortest.compareTo(timeout) < 0 ? shortest : timeout;
    }

    private void fetch(boolean wanted, Duration wait) {
        assignment.fetchFurther(consumer, wanted, maxRecords, commits.maxUnsettled());
        Duration bounded = wakeups.begin(wait);
        try {
            consumer.poll(bounded).forEach(fetched -> claimed |= assignment.add(fetched));
        } catch (WakeupException e) {
            LOG.trace("the wait for records was ended", e);
        } finally {
            wakeups.end();
        }
    }

    /** False if it is due and a rebalance came between. */
    private boolean commitIfDue(int room) {
        if (spec.ephemeral()) {
            claimed = false;
            return true;
        }
        boolean due = commits.untilDue().isNegative() && assignment.isChanged();
        if (!due && !(claimed && room > 0)) {
            return true;
        }
        boolean committed = commits.commit(assignment.all());
        claimed &= !committed;
        return committed;
    }

    /** A rebalance that goes on has to end before. */
    private void commitLast() {
        long end = System.nanoTime() + LAST_COMMIT.toNanos();
        boolean committed = false;
        while (!committed && !wakeups.isCut() && System.nanoTime() < end) {
            assignment.dropWaiting();
            settle();
            committed = commits.commit(assignment.all());
            if (!committed) {
                fetch(false, AGAIN);
            }
        }
    }

    private void closeConsumer(Duration within) {
        try {
            consumer.close(CloseOptions.timeout(within));
        } catch (KafkaException e) {
            LOG.debug("the consumer of {} did not close well", spec.group(), e);
        }
    }

    private void requireOpen() {
        if (closed || ended || wakeups.isCut()) {
            throw transport.errors().failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, OVER, "it was closed");
        }
    }
}
