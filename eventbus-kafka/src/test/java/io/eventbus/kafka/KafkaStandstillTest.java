package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.ErrorListener;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.Health;
import io.eventbus.HealthListener;
import io.eventbus.RawEvent;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member whose group stands still, since another one lives and takes no part in the rebalance, on a real broker. */
@Execution(ExecutionMode.CONCURRENT)
class KafkaStandstillTest {

    private static final Duration LIMIT = Duration.ofSeconds(6 + 4);
    private static final Map<String, String> IMPATIENT =
            Map.of("kafka.session-timeout", "6s", "kafka.consumer.max.poll.interval.ms", "4000");

    /** Of a member that is taken for alive though nobody polls it. */
    private static final Map<String, String> PATIENT =
            Map.of("kafka.session-timeout", "60s", "kafka.consumer.max.poll.interval.ms", "300000");

    @Test
    @DisplayName(
            "a member that is not let in for longer than a rebalance takes says so, with Kafka's name of the group")
    void newcomer() {
        try (Fixture patient = new Fixture(PATIENT);
                Fixture impatient = new Fixture(IMPATIENT)) {
            patient.receiver();
            Receiver newcomer = join(impatient, patient);

            assertStandstill(newcomer, patient);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {CooperativeStickyAssignor.class, RangeAssignor.class})
    @DisplayName("a member that was in the group before says so, too, whether it still has partitions or not")
    void old(Class<?> assignor) throws Exception {
        try (Fixture patient = new Fixture(with(PATIENT, assignor));
                Fixture impatient = new Fixture(with(IMPATIENT, assignor));
                Fixture third = new Fixture(with(PATIENT, assignor))) {
            Receiver old = join(impatient, patient);
            pollUntil(CompletableFuture.supplyAsync(() -> join(patient, patient)), old);
            CompletableFuture<Receiver> joining = CompletableFuture.supplyAsync(() -> join(third, patient));
            Sender sender = patient.sender();
            for (int number = 0; number < 30; number++) {
                Fixture.await(
                        sender.send(new Destination.Topic(patient.topic), message("id-" + number, "key-" + number)));
            }

            assertStandstill(old, patient);
            joining.get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    @DisplayName("a member that is in the group and gets no partition waits for ever")
    void spare(String protocol) throws Exception {
        Map<String, String> options = new HashMap<>(IMPATIENT);
        options.put("kafka.group-protocol", protocol);
        try (Fixture fixture = new Fixture(options)) {
            fixture.makeTopic(1);
            Receiver first = join(fixture, fixture);
            Receiver second = pollUntil(CompletableFuture.supplyAsync(() -> join(fixture, fixture)), first);

            assertThatCode(() -> poll(List.of(first, second), LIMIT.plusSeconds(1)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName(
            "a bus whose group stands still tells its error listener and its health listener, and goes on when the group does")
    void bus() throws Exception {
        BlockingQueue<BusError> errors = new LinkedBlockingQueue<>();
        BlockingQueue<Health> healths = new LinkedBlockingQueue<>();
        BlockingQueue<Event<RawEvent>> handled = new LinkedBlockingQueue<>();
        try (Fixture patient = new Fixture(PATIENT);
                EventBus bus = bus(patient, errors::add, healths::add)) {
            Receiver asleep = patient.receiver();
            bus.subscribe(Binding.raw(Binding.fanout()), handled::add, SubscriptionOptions.defaults());
            bus.start();
            BusError error = next(errors);
            assertThat(error.kind()).isEqualTo(BusError.Kind.SESSION_LOST);
            assertThat(error.cause()).hasMessageContaining(standstill(patient));
            assertThat(next(healths).reason()).contains(standstill(patient));

            asleep.close();
            bus.publish(new RawEvent("Order", "Placed", "key", "text/plain", new byte[0]));

            assertThat(next(handled).payload().key()).isEqualTo("key");
        }
    }

    private static EventBus bus(Fixture fixture, ErrorListener errors, HealthListener healths) {
        EventBusBuilder builder = EventBus.builder()
                .url(TestBroker.shared().url().toString())
                .topic(fixture.group.topic())
                .group(fixture.group.name())
                .onError(errors)
                .onHealth(healths);
        KafkaHarness.IMPATIENT.forEach(builder::option);
        IMPATIENT.forEach(builder::option);
        return builder.build();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(
                queue.poll(Fixture.WAIT.plus(LIMIT).toMillis(), TimeUnit.MILLISECONDS), "nothing came");
    }

    private static String standstill(Fixture group) {
        return "for more than " + LIMIT.toMillis() + " ms the group " + KafkaNames.group(group.group)
                + " has neither let this member in nor let it commit";
    }

    private static Map<String, String> with(Map<String, String> options, Class<?> assignor) {
        Map<String, String> all = new HashMap<>(options);
        all.put("kafka.consumer.partition.assignment.strategy", assignor.getName());
        return all;
    }

    /** A member of the group of the one fixture, that ends with the other. */
    private static Receiver join(Fixture with, Fixture groupOf) {
        return with.receiver(Fixture.spec(groupOf.group, StartFrom.LATEST, false));
    }

    private static void assertStandstill(Receiver receiver, Fixture group) {
        assertThatThrownBy(() -> poll(List.of(receiver), Fixture.WAIT.plus(LIMIT)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the session is over")
                .hasMessageContaining(standstill(group));
    }

    /** Polls a member until another has joined. */
    private static Receiver pollUntil(CompletableFuture<Receiver> joining, Receiver member) throws Exception {
        while (!joining.isDone()) {
            member.poll(0, Duration.ofMillis(50));
        }
        return joining.get();
    }

    private static void poll(List<Receiver> members, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            members.forEach(member -> member.poll(1, Duration.ofMillis(20)));
        }
    }
}
