package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.brokers.RedisBroker;
import io.eventbus.tck.Await;
import io.eventbus.tck.Stress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The whole bus on Redis, a member and a publisher, with nothing to do. */
@Isolated("takes in what the whole JVM logs")
class IdleBusTest {

    /** Of 5 s each; a minute is had with a stress of 6. */
    private static final int ENOUGH_READS = Stress.times(2);

    private final Logger all = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.eventbus");
    private final Level before = all.getLevel();
    private final Level oursBefore = ours.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RedisBroker broker;

    @BeforeEach
    void open() {
        broker = RedisBroker.launch();
        all.setLevel(Level.INFO);
        ours.setLevel(Level.TRACE);
        log.start();
    }

    @AfterEach
    void close() {
        all.detachAppender(log);
        all.setLevel(before);
        ours.setLevel(oursBefore);
        broker.close();
    }

    @Test
    @DisplayName(
            "an idle bus logs nothing, and asks no more than once a second for what others left, once in 5 s for the rest, and a PING in each third of the time for an answer")
    void keepAlivesOnly() {
        try (EventBus bus = EventBus.builder()
                .url(broker.url().toString())
                .topic("idle")
                .group("g")
                .build()) {
            bus.subscribe(Binding.raw(Binding.fanout()), event -> {});
            bus.start();
            bus.publish(Event.of(new RawEvent("Order", "Placed", "key", "text/plain", new byte[0])));
            Await.atMost(Fixture.PATIENCE)
                    .until("the settlement", () -> bus.queueInfo().backlog() == 0);
            all.addAppender(log);
            long start = System.nanoTime();
            broker.cli("CONFIG", "RESETSTAT");
            Await.atMost(GroupCommands.READ_WAIT.multipliedBy(ENOUGH_READS).plus(Fixture.PATIENCE))
                    .until("some reads", () -> calls().getOrDefault("xreadgroup", 0) >= ENOUGH_READS);
            Map<String, Integer> calls = calls();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            all.detachAppender(log);

            assertThat(log.list).isEmpty();
            assertThat(calls.keySet()).isSubsetOf("xpending", "xreadgroup", "ping", "info", "config|resetstat");
            assertThat(calls.get("xpending"))
                    .isGreaterThan(calls.get("xreadgroup"))
                    .isLessThanOrEqualTo(times(elapsed, Duration.ofMillis(900)));
            assertThat(calls.get("xreadgroup")).isLessThanOrEqualTo(times(elapsed, GroupCommands.READ_WAIT));
            assertThat(calls.get("ping"))
                    .isBetween(1, times(elapsed, Duration.ofSeconds(10).dividedBy(3)));
        }
    }

    /** How often something may happen that happens at most once in so much time. */
    private static int times(Duration elapsed, Duration each) {
        return (int) elapsed.dividedBy(each) + 1;
    }

    private Map<String, Integer> calls() {
        return broker.cli("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .collect(Collectors.toMap(
                        line -> line.substring("cmdstat_".length(), line.indexOf(':')),
                        line -> Integer.valueOf(line.replaceAll(".*:calls=(\\d+),.*", "$1")),
                        Integer::sum,
                        TreeMap::new));
    }
}
