package io.eventbus.tck.rules;

import io.eventbus.BusClosedException;
import io.eventbus.Event;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** CON-2: everything at once. */
@Conformance
public class ChurnRules {

    private static final int THREADS = 8;
    private static final int ROUNDS = 2;
    private static final int PUBLISHED_BEFORE_CLOSE = 25;

    /** Leaves the processor to the thread that closes. */
    private static final Duration PACE = Duration.ofNanos(50_000);

    /** How many events a bus is given that closes, if it does not refuse one before. */
    private static final int MOST_AT_CLOSE = 1_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Run by JUnit. */
    public ChurnRules() {}

    @Test
    @Rule("CON-2")
    @DisplayName(
            "subscribing, unsubscribing, joining, leaving, publishing and closing race: no call hangs, nothing is lost")
    final void everythingAtOnce(Kit kit) {
        Churn churn = new Churn(kit);
        CompletableFuture<?>[] threads = new CompletableFuture<?>[THREADS];
        for (int i = 0; i < THREADS; i++) {
            String key = "thread " + i;
            Random random = new Random(churn.scenario.random().nextLong());
            threads[i] = Aside.run(() -> churn.run(key, random));
        }
        await(kit, "the end of every thread", CompletableFuture.allOf(threads));
        await(kit, "the end of every publish on a bus that was closed", churn.allPublished());
        churn.scenario.fence(churn.publisher);
        churn.scenario.check();
        Inconclusive.unless(churn.closedBetweenPublishes.get() > 0, "a bus that closed while it was given events");
    }

    /** The watchdog: what hangs is shown with what every thread is doing. */
    private static void await(Kit kit, String what, CompletableFuture<Void> end) {
        try {
            kit.timing().await(LIMIT.multipliedBy(Stress.times(1))).result(what, end);
        } catch (AssertionFailedError e) {
            throw end.isDone() ? e : new AssertionFailedError(e.getMessage() + "\n" + stacks(), e);
        }
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().matches("(tck-aside|eventbus-).*"))
                .map(ChurnRules::stack)
                .collect(Collectors.joining("\n"));
    }

    private static String stack(Map.Entry<Thread, StackTraceElement[]> thread) {
        return thread.getKey()
                + Arrays.stream(thread.getValue()).map(at -> "\n  at " + at).collect(Collectors.joining());
    }

    /** Threads that do something of everything, around a group whose member stays. */
    private static final class Churn {

        private final Kit kit;
        private final Scenario scenario;
        private final BusUnderTest publisher;
        private final BusUnderTest lasting;
        private final String group;
        private final Collected<CompletionStage<Outcome>> published = new Collected<>();
        private final AtomicInteger numbers = new AtomicInteger();
        private final AtomicInteger closedBetweenPublishes = new AtomicInteger();

        Churn(Kit kit) {
            this.kit = kit;
            this.scenario = new Scenario(kit);
            Group stable = scenario.group();
            scenario.member(stable, event -> {});
            this.publisher = scenario.publisher();
            this.group = kit.name("churn");
            this.lasting = kit.member(scenario.topic(), group, event -> {});
        }

        /** In each round everything, in an order of its own. */
        void run(String key, Random random) {
            List<Runnable> steps = new ArrayList<>(List.of(
                    () -> scenario.publish(publisher, event(key)),
                    () -> IntStream.range(0, 20).forEach(i -> scenario.publishAsync(publisher, event(key))),
                    () -> comeAndGo(SubscriptionOptions.defaults(), random),
                    () -> comeAndGo(SubscriptionOptions.defaults().asEphemeral(), random),
                    () -> joinAndLeave(key, random),
                    this::publishWhileClosing));
            for (int round = Stress.times(ROUNDS); round > 0; round--) {
                Collections.shuffle(steps, random);
                steps.forEach(Runnable::run);
            }
        }

        private Event<Sample.Placed> event(String key) {
            return Event.of(Sample.placed(key, numbers.incrementAndGet()));
        }

        private void comeAndGo(SubscriptionOptions options, Random random) {
            Subscription subscription = lasting.bus().subscribe(Sample.Placed.class, event -> {}, options);
            if (random.nextBoolean()) {
                kit.await().result("readiness", subscription.ready());
            }
            subscription.close();
        }

        private void joinAndLeave(String key, Random random) {
            BusUnderTest member = kit.member(scenario.topic(), group, event -> {});
            if (random.nextBoolean()) {
                scenario.publish(publisher, event(key));
            }
            member.close();
        }

        /** Every other is refused at the broker; what the last ones come to, their outcomes say. */
        private void publishWhileClosing() {
            BusUnderTest bus = scenario.publisher();
            String key = "closing " + bus.instance();
            AtomicInteger sends = new AtomicInteger();
            bus.faults().refuseSends(destination -> sends.getAndIncrement() % 2 == 0);
            CompletableFuture<Void> busy = new CompletableFuture<>();
            CompletableFuture<Void> closed = Aside.run(() -> {
                kit.await().result("a bus that is given events", busy);
                bus.close();
            });
            int taken = publishUntilClosed(bus, key, busy);
            if (PUBLISHED_BEFORE_CLOSE < taken && taken < MOST_AT_CLOSE) {
                closedBetweenPublishes.incrementAndGet();
            }
            kit.await().result("the return of close", closed);
        }

        /** How many were taken. From then on nothing is, and the history has that too. */
        private int publishUntilClosed(BusUnderTest bus, String key, CompletableFuture<Void> busy) {
            for (int taken = 0; taken < MOST_AT_CLOSE; taken++) {
                if (taken == PUBLISHED_BEFORE_CLOSE) {
                    busy.complete(null);
                }
                if (taken >= PUBLISHED_BEFORE_CLOSE) {
                    LockSupport.parkNanos(PACE.toNanos());
                }
                try {
                    published.add(scenario.publishAsync(bus, event(key)));
                } catch (BusClosedException e) {
                    return taken;
                }
            }
            return MOST_AT_CLOSE;
        }

        /** Well or not. */
        CompletableFuture<Void> allPublished() {
            return CompletableFuture.allOf(published.snapshot().stream()
                    .map(CompletionStage::toCompletableFuture)
                    .toArray(CompletableFuture[]::new));
        }
    }
}
