package io.eventbus.kafka;

import io.eventbus.spi.Group;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.tck.Removal;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;

/** Deletes topics and groups of a Kafka. */
record KafkaRemoval(URI url) implements Removal {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public Set<Part> healed() {
        return EnumSet.allOf(Part.class);
    }

    /** A group with members cannot be deleted: they are thrown out first, and are faster now and then. */
    @Override
    public void group(Group group) {
        String id = KafkaNames.group(group);
        ask(admin -> {
            long end = System.nanoTime() + PATIENCE.toNanos();
            Optional<ExecutionException> failure = delete(admin, id);
            while (failure.isPresent() && System.nanoTime() < end) {
                failure = delete(admin, id);
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        });
    }

    @Override
    public void topic(String topic) {
        deleteTopic(KafkaNames.topic(topic));
    }

    @Override
    public void deadLetters(Group group) {
        deleteTopic(KafkaNames.deadLetters(group));
    }

    private void deleteTopic(String topic) {
        ask(admin -> await(admin.deleteTopics(List.of(topic)).all()));
    }

    private static Optional<ExecutionException> delete(Admin admin, String id) throws InterruptedException {
        try {
            await(admin.removeMembersFromConsumerGroup(id, new RemoveMembersFromConsumerGroupOptions())
                    .all());
            await(admin.deleteConsumerGroups(List.of(id)).all());
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e);
        }
    }

    private static void await(KafkaFuture<Void> done) throws ExecutionException, InterruptedException {
        try {
            done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker does not answer", e);
        }
    }

    private void ask(Removing removing) {
        TransportConfig config = new TransportConfig(url, Map.of(), PATIENCE, "removal");
        try (Transport transport = new KafkaTransport(config)) {
            removing.on(transport.unwrap(Admin.class).orElseThrow());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker removes nothing", e);
        }
    }

    /** What is done by the broker's own client. */
    private interface Removing {
        void on(Admin admin) throws ExecutionException, InterruptedException;
    }
}
