package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.TOPIC;
import static io.eventbus.inmemory.Bench.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once: nothing is lost, nothing is settled twice, nothing hangs. */
@Timeout(180)
class ConcurrencyTest {
    private static final int SENDERS = 8;
    private static final int EACH = 2_000;

    private final Bench bench = new Bench();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        bench.close();
    }

    @Test
    @DisplayName("every group settles every message once, while members give back, leave and join")
    void losesNothing() throws Exception {
        bench.join(GROUP).close();
        bench.join(OTHER).close();
        Queue<String> settled = new ConcurrentLinkedQueue<>();
        Queue<String> others = new ConcurrentLinkedQueue<>();
        List<Future<?>> all = new ArrayList<>(startSenders());
        for (int member = 0; member < 3; member++) {
            all.add(threads.submit(() -> handle(GROUP, settled)));
            all.add(threads.submit(() -> handle(OTHER, others)));
        }
        for (Future<?> each : all) {
            each.get();
        }
        assertThat(settled).containsExactlyInAnyOrder(everything());
        assertThat(others).containsExactlyInAnyOrder(everything());
        assertThat(bench.describe(GROUP).members()).isZero();
    }

    @Test
    @DisplayName("one member gets the messages of each sender in their order")
    void keepsTheOrderOfEachSender() throws Exception {
        Receiver receiver = bench.join(GROUP);
        List<Future<?>> senders = startSenders();
        Map<String, Integer> last = new HashMap<>();
        for (int received = 0; received < SENDERS * EACH; ) {
            for (Delivery delivery : receiver.poll(50, Bench.LONG)) {
                String[] parts = text(delivery).split("-", 2);
                int number = Integer.parseInt(parts[1]);
                assertThat(number).isEqualTo(last.getOrDefault(parts[0], -1) + 1);
                last.put(parts[0], number);
                delivery.accept();
                received++;
            }
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    @Test
    @DisplayName("ephemeral groups that come and go disturb nobody and leave nothing")
    void ephemeralsComeAndGo() throws Exception {
        Queue<String> settled = new ConcurrentLinkedQueue<>();
        bench.join(GROUP).close();
        List<Future<?>> senders = startSenders();
        Future<?> member = threads.submit(() -> handle(GROUP, settled));
        Group ephemeral = new Group(TOPIC, "ephemeral");
        while (!member.isDone()) {
            try (Receiver receiver = bench.joinEphemeral(ephemeral)) {
                receiver.poll(10, Duration.ZERO).forEach(Delivery::accept);
            }
        }
        member.get();
        for (Future<?> sender : senders) {
            sender.get();
        }
        assertThat(settled).containsExactlyInAnyOrder(everything());
        assertThat(bench.describe(ephemeral).members()).isZero();
    }

    @Test
    @DisplayName("passes over dead letters at the same time remove each letter once and no other")
    void passesAtOnce() throws Exception {
        bench.join(GROUP).close();
        for (int number = 0; number < EACH; number++) {
            bench.sendTo(new Destination.DeadLetters(GROUP), Integer.toString(number));
        }
        List<Future<?>> passes = new ArrayList<>();
        for (int pass = 0; pass < 4; pass++) {
            passes.add(threads.submit(this::removeTheEven));
        }
        for (Future<?> pass : passes) {
            pass.get();
        }
        try (DeadLetterCursor cursor = bench.transport.admin().openDeadLetters(GROUP)) {
            assertThat(cursor.next(EACH)).hasSize(EACH / 2).allMatch(letter -> !isEven(letter));
        }
    }

    private void removeTheEven() {
        try (DeadLetterCursor cursor = bench.transport.admin().openDeadLetters(GROUP)) {
            for (List<Message> part = cursor.next(7); !part.isEmpty(); part = cursor.next(7)) {
                part.stream().filter(ConcurrencyTest::isEven).forEach(cursor::remove);
            }
        }
    }

    private static boolean isEven(Message letter) {
        return Integer.parseInt(text(letter)) % 2 == 0;
    }

    private List<Future<?>> startSenders() {
        List<Future<?>> senders = new ArrayList<>();
        for (int index = 0; index < SENDERS; index++) {
            String name = "s" + index;
            senders.add(threads.submit(() -> sendAll(name)));
        }
        return senders;
    }

    private void sendAll(String name) {
        try (Sender sender = bench.transport.openSender()) {
            for (int number = 0; number < EACH; number++) {
                sender.send(new Destination.Topic(TOPIC), Bench.message(name + "-" + number))
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    /** Joins again and again, accepts most and gives back some, until as many are settled as will be sent. */
    private void handle(Group group, Queue<String> settled) {
        while (settled.size() < SENDERS * EACH) {
            try (Receiver receiver = bench.join(group)) {
                for (int poll = 0; poll < 20; poll++) {
                    receiver.poll(64, Duration.ofMillis(5)).forEach(delivery -> settle(delivery, settled));
                }
            }
        }
    }

    private static void settle(Delivery delivery, Queue<String> settled) {
        int chance = ThreadLocalRandom.current().nextInt(10);
        if (chance == 0) {
            delivery.release();
        } else if (chance > 1) {
            settled.add(text(delivery));
            delivery.accept();
        }
    }

    private static String[] everything() {
        return IntStream.range(0, SENDERS)
                .boxed()
                .flatMap(sender -> IntStream.range(0, EACH).mapToObj(number -> "s" + sender + "-" + number))
                .toArray(String[]::new);
    }
}
