package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.tck.Await;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Hold;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of a session that holds a message for longer than a broker lets it which has a short consumer_timeout. */
@Execution(ExecutionMode.CONCURRENT)
class ConsumerTimeoutTest {

    /** The broker looks each second, by default each minute. */
    private static final int TICK_MILLIS = 1_000;

    /** A fifth of it is long enough for giving back on a machine that stands still for seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Await AWAIT = Await.atMost(TIMEOUT.multipliedBy(4));

    private static RabbitMqBroker broker;

    private final Collected<BusError> errors = new Collected<>();
    private final Collected<String> calls = new Collected<>();
    private final Hold hold = new Hold();

    @BeforeAll
    static void start() {
        broker = RabbitMqBroker.launch();
        set("consumer_timeout", TIMEOUT.toMillis());
        set("channel_tick_interval", TICK_MILLIS);
    }

    private static void set(String parameter, long value) {
        broker.ctl("eval", "application:set_env(rabbit, " + parameter + ", " + value + ").");
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @Test
    @DisplayName(
            "where the option says more than the broker allows, the broker closes the channel, and the session is lost")
    void tooLong() {
        try (EventBus bus = holdingBus(TIMEOUT.multipliedBy(10))) {
            BusError first = AWAIT.count("a lost session", errors, 1).get(0);
            assertThat(first.kind()).isEqualTo(BusError.Kind.SESSION_LOST);
            assertThat(first.cause()).hasStackTraceContaining("PRECONDITION_FAILED");
            hold.release();
            AWAIT.until("all events handled", () -> bus.stats().handled() == 3);
        }
    }

    @Test
    @DisplayName(
            "where the option says what the broker allows, the session gives back before, and the broker closes none")
    void asLongAsAllowed() {
        try (EventBus bus = holdingBus(TIMEOUT)) {
            AWAIT.until("two sessions that gave back", () -> bus.stats().reconnects() >= 2);
            hold.release();
            AWAIT.until("all events handled", () -> bus.stats().handled() == 3);
        }
        assertThat(errors.snapshot()).isEmpty();
        assertThat(calls.snapshot()).containsExactly("1", "1", "2", "3");
    }

    /** A bus whose handler is busy with the first of three events of a key. */
    private EventBus holdingBus(Duration option) {
        EventBus bus = EventBus.builder()
                .url(broker.url().toString())
                .topic("t-" + UUID.randomUUID())
                .group("g")
                .option(RabbitTransportProvider.CONSUMER_TIMEOUT.name(), option.toSeconds() + "s")
                .onError(errors::add)
                .build();
        bus.subscribe(Binding.raw(Binding.fanout()), event -> {
            calls.add(new String(event.payload().body(), StandardCharsets.US_ASCII));
            hold.here();
        });
        bus.start();
        bus.publish(List.of(numbered(1), numbered(2), numbered(3)));
        AWAIT.count("the handler", hold.arrivals(), 1);
        return bus;
    }

    private static RawEvent numbered(int number) {
        return new RawEvent(
                "Order", "Placed", "key", "text/plain", Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
}
