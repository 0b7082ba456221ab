package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.Ordering;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.HistoryChecker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each second one member leaves and one joins, while events go on being published, with either protocol for groups. */
class KafkaRollingMembersTest {

    private static final int MEMBERS = 3;
    private static final int KEYS = 16;

    /** Every so manieth event takes long, those of all keys in turn: some run, and hold others up, whenever a partition moves. */
    private static final int LONG_EVERY = 31;

    private static final Duration LONG_WORK = Duration.ofSeconds(1);

    /** No handler outlives it, and no member is taken for dead: both would excuse what is not allowed here. */
    private static final Map<String, String> PATIENT =
            Map.of("kafka.session-timeout", "15s", "kafka.revocation-timeout", "30s");

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(5);
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);

    private final Kit kit = Kit.on(new KafkaHarness());
    private final Scenario scenario = new Scenario(kit);
    private final Group group = scenario.group();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final ExecutorService changes = Executors.newCachedThreadPool();
    private final Queue<CompletableFuture<BusUnderTest>> members = new ArrayDeque<>();
    private final AtomicInteger published = new AtomicInteger();
    private final Map<String, Event<Sample.Placed>> running = new ConcurrentHashMap<>();
    private final Queue<String> overlaps = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        clock.shutdownNow();
        changes.shutdownNow();
        kit.close();
    }

    @ParameterizedTest
    @CsvSource({"classic, 20", "consumer, 10"})
    @DisplayName("nothing is lost, and every key keeps its order, while each second one member leaves and one joins")
    void rolling(String protocol, int times) throws Exception {
        for (int i = 0; i < MEMBERS; i++) {
            members.add(join(protocol));
        }
        CompletableFuture.allOf(members.toArray(CompletableFuture[]::new)).get();
        BusUnderTest publisher = scenario.publisher();
        ScheduledFuture<?> publishing =
                clock.scheduleAtFixedRate(() -> publish(publisher), 0, BETWEEN_EVENTS.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<?>[] left = new CompletableFuture<?>[times];
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long due = start + (i + 1) * BETWEEN_CHANGES.toNanos() - System.nanoTime();
            left[i] = clock.schedule(() -> change(protocol), due, TimeUnit.NANOSECONDS)
                    .get();
        }

        CompletableFuture.allOf(left).get();
        assertThat(publishing.isDone()).as("publishing has failed").isFalse();
        publishing.cancel(false);
        scenario.awaitHandled(group, published.get());
        scenario.fence(publisher);
        scenario.check(HistoryChecker::withKeyOrderAcrossMembers);
        assertThat(overlaps).as("handled beside another of its key").isEmpty();
        assertThat(scenario.busyMembers()).as("members that had events").isGreaterThan(MEMBERS);
    }

    /** Begins both, and waits for neither: with Kafka it takes until the other members have heard of it. */
    private CompletableFuture<Void> change(String protocol) {
        members.add(join(protocol));
        return members.remove().thenAcceptAsync(oldest -> scenario.leave(oldest, group), changes);
    }

    private CompletableFuture<BusUnderTest> join(String protocol) {
        return CompletableFuture.supplyAsync(
                () -> scenario.member(group, this::work, builder -> settings(builder, protocol)), changes);
    }

    private static EventBusBuilder settings(EventBusBuilder builder, String protocol) {
        PATIENT.forEach(builder::option);
        return builder.ordering(Ordering.KEY_ACROSS_MEMBERS).option("kafka.group-protocol", protocol);
    }

    private void work(Event<Sample.Placed> event) {
        Event<Sample.Placed> other = running.putIfAbsent(event.payload().order(), event);
        if (other != null) {
            overlaps.add(event + " while " + other);
        }
        if (event.payload().number() % LONG_EVERY == 0) {
            LockSupport.parkNanos(LONG_WORK.toNanos());
        }
        running.remove(event.payload().order(), event);
    }

    private void publish(BusUnderTest publisher) {
        int number = published.getAndIncrement();
        scenario.publishAsync(publisher, Event.of(Sample.placed("key " + number % KEYS, number)));
    }
}
