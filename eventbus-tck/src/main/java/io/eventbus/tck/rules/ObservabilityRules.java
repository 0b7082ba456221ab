package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusError;
import io.eventbus.Health;
import io.eventbus.RawEvent;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import io.eventbus.tck.fault.TransportFaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS: what the bus says of its own failures, and to whom. */
@Conformance
public class ObservabilityRules {

    private static final Duration SOON = Duration.ofMillis(20);

    /** Run by JUnit. */
    public ObservabilityRules() {}

    @Test
    @Rule("OBS-4")
    @DisplayName("an error listener that throws on every call disturbs no delivery, and goes on being called")
    final void throwingListener(Kit kit) {
        String topic = kit.name("topic");
        Collected<BusError> errors = new Collected<>();
        Witness witness =
                Witness.failing(event -> event.attempt() == 1 && event.payload().number() % 5 == 0);
        BusUnderTest bus = kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> builder.onError(error -> {
                    errors.add(error);
                    if (errors.size() % 2 == 0) {
                        throw new AssertionError("the listener fails badly");
                    }
                    throw new IllegalStateException("the listener fails");
                }));
        IntStream.rangeClosed(1, 100).forEach(number -> bus.bus().publish(Sample.placed("key", number)));
        kit.fence(bus, "key", witness);
        List<Integer> expected = IntStream.rangeClosed(1, 100)
                .boxed()
                .flatMap(number -> number % 5 == 0 ? Stream.of(number, number) : Stream.of(number))
                .toList();
        assertEquals(expected, witness.numbers());
        kit.await().count("a call of the listener for each failure", errors, 20);
    }

    @Test
    @Rule("OBS-4")
    @DisplayName("what cannot be handled is told to the error listener")
    final void deadLetterIsTold(Kit kit) {
        Collected<BusError> errors = new Collected<>();
        Witness witness = new Witness();
        BusUnderTest bus =
                kit.member(kit.name("topic"), kit.name("group"), witness, builder -> builder.onError(errors::add));
        byte[] noJson = "{".getBytes(StandardCharsets.UTF_8);
        bus.bus().publish(new RawEvent("Order", "Placed", "key", "application/json", noJson));
        kit.fence(bus, "key", witness);
        kit.await()
                .until(
                        "the dead letter in the listener",
                        () -> errors.snapshot().stream()
                                .anyMatch(error -> error.kind() == BusError.Kind.DEAD_LETTERED));
    }

    @Test
    @Rule("OBS-4")
    @DisplayName(
            "when the receiving loop fails, with an exception or an error, the listener and the health say so until it works again")
    final void receivingLoopFails(Kit kit) {
        loopFails(kit, new IllegalStateException("polling fails"), TransportFaults::failNextPoll);
        loopFails(kit, new NoClassDefFoundError("polling fails badly"), TransportFaults::failNextPoll);
    }

    @Test
    @Rule("OBS-4")
    @DisplayName(
            "when the sending loop fails, with an exception or an error, the listener and the health say so until it works again")
    final void sendingLoopFails(Kit kit) {
        loopFails(kit, new IllegalStateException("flushing fails"), TransportFaults::failNextFlush);
        loopFails(kit, new NoClassDefFoundError("flushing fails badly"), TransportFaults::failNextFlush);
    }

    @Test
    @Rule("OBS-4")
    @DisplayName("when sending fails, with an exception or an error, that publish fails and the next one works")
    final void sendingFails(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        for (Throwable failure :
                List.of(new IllegalStateException("sending fails"), new NoClassDefFoundError("sending fails badly"))) {
            publisher.faults().failNextSend(failure);
            Throwable told = kit.await()
                    .failure("the failure of the publish", publisher.bus().publishAsync(Sample.placed("key", 1)));
            assertTrue(causes(told).contains(failure), () -> "the cause of " + told);
            kit.fence(publisher, "key", witness);
        }
    }

    private static void loopFails(Kit kit, Throwable failure, BiConsumer<TransportFaults, Throwable> cue) {
        String topic = kit.name("topic");
        Collected<BusError> errors = new Collected<>();
        Witness witness = new Witness();
        BusUnderTest bus = kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> builder.onError(errors::add).reconnectBackoff(SOON, SOON));
        kit.fence(bus, "key", witness);
        assertEquals(Health.Status.UP, bus.bus().health().status());
        bus.faults().refuseSessions();
        cue.accept(bus.faults(), failure);
        kit.await()
                .until(
                        "the failure in the listener",
                        () -> errors.snapshot().stream()
                                .anyMatch(error -> causes(error.cause()).contains(failure)));
        kit.await().until("the health to be down", () -> bus.bus().health().status() == Health.Status.DOWN);
        assertFalse(bus.bus().health().reason().isBlank(), "the reason");
        bus.faults().acceptSessions();
        kit.await().until("the health to be up", () -> bus.bus().health().status() == Health.Status.UP);
        kit.fence(bus, "key", witness);
    }

    private static List<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable.class::cast)
                .toList();
    }
}
