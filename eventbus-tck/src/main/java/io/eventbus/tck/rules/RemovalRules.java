package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusError;
import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.RetryPolicy;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Deadline;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Removal;
import io.eventbus.tck.Removal.Part;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-8: what is removed at the broker is made again, or, where nobody promises that, the bus says that it cannot go on. */
@Conformance
public class RemovalRules {

    /**
     * A bus that need not go on may say that it is down instead. One that has said so for less than this may be about to go on.
     */
    private static final Duration LASTING = Duration.ofSeconds(10);

    private static final int EVENTS = 50;

    /** More than there are. */
    private static final int MANY = 100_000;

    /** Run by JUnit. */
    public RemovalRules() {}

    @Test
    @Rule("FLT-8")
    @DisplayName(
            "when its group is removed at the broker, the bus goes on; one that does not promise that may say that it is down")
    final void group(Kit kit) {
        Removal removal = kit.removal();
        Member member = Member.on(kit, new Witness());
        removal.group(member.group());
        member.assertGoesOn(kit, removal, Part.GROUP, member::handles, member::handled);
    }

    @Test
    @Rule("FLT-8")
    @DisplayName(
            "when its topic is removed at the broker, the bus goes on; one that does not promise that may say that it is down")
    final void topic(Kit kit) {
        Removal removal = kit.removal();
        Member member = Member.on(kit, new Witness());
        removal.topic(member.group().topic());
        member.assertGoesOn(kit, removal, Part.TOPIC, member::handles, member::handled);
    }

    @Test
    @Rule("FLT-8")
    @DisplayName(
            "when its dead letters are removed at the broker, the bus goes on to store some; one that does not promise that may say that it is down")
    final void deadLetters(Kit kit) {
        Removal removal = kit.removal();
        Member member = Member.on(kit, Witness.failing(event -> true));
        member.publisher().bus().publish(Sample.placed("k", 0));
        FailingGroup.awaitBuried(kit, member.bus(), 1);
        removal.deadLetters(member.group());
        member.assertGoesOn(kit, removal, Part.DEAD_LETTERS, member::buriesAnother, member::buried);
    }

    /** A group with one member that has handled something, and a publisher that has published. */
    private record Member(
            Group group, BusUnderTest bus, BusUnderTest publisher, Witness witness, Collected<BusError> errors) {

        static Member on(Kit kit, Witness witness) {
            Group group = new Group(kit.name("topic"), kit.name("group"));
            Collected<BusError> errors = new Collected<>();
            BusUnderTest bus = kit.member(
                    group.topic(),
                    group.name(),
                    witness,
                    builder -> builder.retry(RetryPolicy.none()).onError(error -> addUnlessOfEvent(errors, error)));
            BusUnderTest publisher = kit.publisher(group.topic());
            kit.fence(publisher, "k", witness);
            return new Member(group, bus, publisher, witness, errors);
        }

        /** That an event fails is told of the event, and says nothing of the bus. */
        private static void addUnlessOfEvent(Collected<BusError> errors, BusError error) {
            if (error.eventId() == null) {
                errors.add(error);
            }
        }

        boolean handles() {
            return witness.calls().size() > 0;
        }

        List<String> handled() {
            return FailingGroup.eventIds(witness.calls().snapshot());
        }

        /** Asks the bus before it asks the broker, which is dearer. */
        boolean buriesAnother() {
            return bus.bus().stats().deadLettered() > 1
                    && bus.bus().deadLetters().count() > 0;
        }

        List<String> buried() {
            return FailingGroup.ids(bus.bus().deadLetters().list(MANY));
        }

        /**
         * @param removed what was removed
         * @param goesOn whether an event has come to its end since
         * @param ended the events that have, by their ids
         */
        void assertGoesOn(
                Kit kit, Removal removal, Part removed, BooleanSupplier goesOn, Supplier<List<String>> ended) {
            if (removal.healed().contains(removed)) {
                awaitGoingOn(kit, "as promised of " + removed + ", an event that comes to its end", goesOn);
                assertNothingIsLostNow(kit, ended);
                kit.await().until("the health to be up", this::isUp);
                return;
            }
            Downtime downtime = new Downtime(this::isDownAndToldSo, kit.timing().times(LASTING));
            awaitGoingOn(
                    kit,
                    "an event that comes to its end, or a bus that says that it is down",
                    () -> goesOn.getAsBoolean() || downtime.lasts());
            if (!downtime.lasts()) {
                assertNothingIsLostNow(kit, ended);
            }
        }

        private void awaitGoingOn(Kit kit, String what, BooleanSupplier goesOn) {
            Attempts attempts = new Attempts(publisher);
            kit.await().until(what, () -> {
                attempts.publishNext();
                return goesOn.getAsBoolean();
            });
        }

        private boolean isUp() {
            return Stream.of(bus, publisher).allMatch(one -> one.bus().health().status() == Health.Status.UP);
        }

        private boolean isDownAndToldSo() {
            return bus.bus().health().status() == Health.Status.DOWN && errors.size() > 0;
        }

        private void assertNothingIsLostNow(Kit kit, Supplier<List<String>> ended) {
            List<Event<Sample.Placed>> events = IntStream.rangeClosed(1, EVENTS)
                    .mapToObj(number -> Event.of(Sample.placed("k", number)))
                    .toList();
            events.forEach(event -> publisher.bus().publish(event));
            kit.fence(publisher, "k", witness);
            List<String> found = ended.get();
            assertTrue(
                    found.containsAll(FailingGroup.eventIds(events)),
                    () -> "came to their end of " + FailingGroup.eventIds(events) + ": " + found);
        }
    }

    /** Whether a bus is down without a break. Between two sessions each is for a moment. */
    private static final class Downtime {
        private final BooleanSupplier down;
        private final Duration lasting;
        private Deadline end;

        Downtime(BooleanSupplier down, Duration lasting) {
            this.down = down;
            this.lasting = lasting;
            this.end = Deadline.after(lasting);
        }

        /** To be asked often. */
        boolean lasts() {
            if (!down.getAsBoolean()) {
                end = Deadline.after(lasting);
            }
            return end.expired();
        }
    }

    /** Events one after the other, of which the first ones may fail. */
    private static final class Attempts {
        private final BusUnderTest publisher;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        Attempts(BusUnderTest publisher) {
            this.publisher = publisher;
        }

        void publishNext() {
            if (last.isDone()) {
                last = publisher.bus().publishAsync(Sample.placed("attempt", 0)).toCompletableFuture();
            }
        }
    }
}
