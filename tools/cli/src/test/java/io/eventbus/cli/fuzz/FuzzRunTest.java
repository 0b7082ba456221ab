package io.eventbus.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.BrokerException;
import io.eventbus.BusStats;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How what became of the input is counted. */
@Timeout(60)
class FuzzRunTest {
    private final FuzzRun run = new FuzzRun("memory:" + UUID.randomUUID(), "fuzz", 1, soFar -> {});

    @Test
    @DisplayName("an event that is handled twice stands in for none that is missing")
    void handledTwice() throws IOException {
        Event<Fuzzed> event = Event.of(new Fuzzed("k", 1, "handled"));
        try (EventBus bus = run.bus()) {
            FuzzVerdict verdict = run.run(bus, new Instead(bus, event, event), 2);

            assertThat(verdict.handled()).isEqualTo(1);
            assertThat(verdict.missing()).isEqualTo(1);
            assertThat(verdict.isGood()).isFalse();
        }
    }

    @Test
    @DisplayName("two events that are handled count as two, be it only their ids that differ")
    void handled() throws IOException {
        Fuzzed same = new Fuzzed("k", 1, "handled");
        try (EventBus bus = run.bus()) {
            FuzzVerdict verdict = run.run(bus, new Instead(bus, Event.of(same), Event.of(same)), 2);

            assertThat(verdict.handled()).isEqualTo(2);
            assertThat(List.of(verdict.missing(), verdict.altered(), verdict.headersAltered(), verdict.repeated()))
                    .containsOnly(0L);
        }
    }

    @Test
    @DisplayName("an event that is handled for what nothing can read is not good")
    void misread() throws IOException {
        Event<Fuzzed> event = Event.of(new Fuzzed("k", 1, "made of nothing"));
        try (EventBus bus = run.bus()) {
            FuzzVerdict verdict = run.run(bus, new Instead(bus, event), 1);

            assertThat(verdict.misread()).isEqualTo(1);
            assertThat(verdict.missing()).isZero();
            assertThat(verdict.isGood()).isFalse();
        }
    }

    @Test
    @DisplayName("what is missing is not misread, too, and what ended twice makes nothing misread")
    void misreadOrNot() {
        SentBatch unreadable = SentBatch.first();
        unreadable.add(new byte[] {1}, new Expectation(Map.of(), Set.of()));

        assertThat(FuzzRun.misread(unreadable, 0)).isEqualTo(1);
        assertThat(FuzzRun.misread(unreadable, 1)).isZero();
        assertThat(FuzzRun.misread(SentBatch.first(), -1)).isZero();
    }

    @Test
    @DisplayName("what became of each batch but the last is told on the way, of that it is the result")
    void progress() throws IOException {
        List<FuzzVerdict> told = new ArrayList<>();
        FuzzRun twoBatches = new FuzzRun("memory:" + UUID.randomUUID(), "fuzz", 1, told::add);
        Event<?>[] events = IntStream.range(0, 5_001)
                .mapToObj(number -> Event.of(new Fuzzed("k", number, "handled")))
                .toArray(Event<?>[]::new);
        try (EventBus bus = twoBatches.bus()) {
            FuzzVerdict verdict = twoBatches.run(bus, new Instead(bus, events), events.length);

            assertThat(told).extracting(FuzzVerdict::sent).containsExactly(5_000L);
            assertThat(verdict.sent()).isEqualTo(5_001);
        }
    }

    @Test
    @DisplayName("a dead letter with the body that was sent, and another type, is neither missing nor good")
    void otherHeaders() throws IOException {
        byte[] first = new Mill(1).next().body();
        try (EventBus bus = run.bus()) {
            FuzzVerdict verdict =
                    run.run(bus, new Instead(bus, Event.of(new RawEvent("", "Other", null, "", first))), 1);

            assertThat(verdict.missing()).isZero();
            assertThat(verdict.altered()).isZero();
            assertThat(verdict.headersAltered()).isEqualTo(2); // the letter and its line
            assertThat(verdict.difference()).isEqualTo("attributes.schemaversion was not there, and is \"1\"");
            assertThat(verdict.isGood()).isFalse();
        }
    }

    @Test
    @DisplayName("while the broker does not say what is left, after a lost session, something may be left")
    void brokerAway() {
        assertThat(FuzzRun.isIdle(atRest(1), FuzzRunTest::away)).isFalse();
        assertThat(FuzzRun.isIdle(atRest(1), () -> 1)).isFalse();
        assertThat(FuzzRun.isIdle(atRest(1), () -> 0)).isTrue();
    }

    private static long away() {
        TransportException cause = new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "no answer", null);
        throw new BrokerException("asking failed", cause);
    }

    private static BusStats atRest(long reconnects) {
        return new BusStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, reconnects, 0, 0);
    }

    /** Publishes events in place of what it is told to send. */
    private static final class Instead implements ForeignClient {
        private final EventBus bus;
        private final Event<?>[] events;
        private int next;

        Instead(EventBus bus, Event<?>... events) {
            this.bus = bus;
            this.events = events;
        }

        @Override
        public WireFormat wireFormat() {
            return WireFormat.REDIS;
        }

        @Override
        public void send(Malformed one) {
            bus.publish(events[next++]);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
