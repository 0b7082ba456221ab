package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusError;
import io.eventbus.Health;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Deadline;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Removal;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-8: what is removed at the broker is made again, or the bus says that it cannot go on. */
@Conformance
public class RemovalRules {

    /** A bus that has not gone on by then may say that it is down instead; before, it may be about to go on. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int EVENTS = 50;

    /** Run by JUnit. */
    public RemovalRules() {}

    @Test
    @Rule("FLT-8")
    @DisplayName("when its group is removed at the broker, the bus goes on, or says that it is down")
    final void group(Kit kit) {
        Removal removal = kit.removal();
        Member member = Member.on(kit);
        removal.group(member.group());
        member.assertGoesOnOrSaysWhy(kit);
    }

    @Test
    @Rule("FLT-8")
    @DisplayName("when its topic is removed at the broker, the bus goes on, or says that it is down")
    final void topic(Kit kit) {
        Removal removal = kit.removal();
        Member member = Member.on(kit);
        removal.topic(member.group().topic());
        member.assertGoesOnOrSaysWhy(kit);
    }

    /** A group with one member that has handled something, and a publisher that has published. */
    private record Member(
            Group group, BusUnderTest bus, BusUnderTest publisher, Witness witness, Collected<BusError> errors) {

        static Member on(Kit kit) {
            Group group = new Group(kit.name("topic"), kit.name("group"));
            Witness witness = new Witness();
            Collected<BusError> errors = new Collected<>();
            BusUnderTest bus =
                    kit.member(group.topic(), group.name(), witness, builder -> builder.onError(errors::add));
            BusUnderTest publisher = kit.publisher(group.topic());
            kit.fence(publisher, "k", witness);
            return new Member(group, bus, publisher, witness, errors);
        }

        void assertGoesOnOrSaysWhy(Kit kit) {
            Deadline patience = Deadline.after(kit.timing().times(PATIENCE));
            Attempts attempts = new Attempts(publisher);
            kit.await()
                    .until(
                            "an event that is handled, or a bus that says that it is down",
                            () -> goesOn(attempts) || (patience.expired() && isDownAndToldSo()));
            if (!isDownAndToldSo()) {
                assertNothingIsLostNow(kit);
            }
        }

        private boolean goesOn(Attempts attempts) {
            attempts.publishNext();
            return witness.calls().size() > 0;
        }

        private boolean isDownAndToldSo() {
            return bus.bus().health().status() == Health.Status.DOWN && errors.size() > 0;
        }

        private void assertNothingIsLostNow(Kit kit) {
            List<Integer> numbers = IntStream.rangeClosed(1, EVENTS).boxed().toList();
            numbers.forEach(number -> publisher.bus().publish(Sample.placed("k", number)));
            kit.fence(publisher, "k", witness);
            assertTrue(
                    witness.numbers().containsAll(numbers),
                    () -> "handled of 1 to " + EVENTS + ": " + witness.numbers());
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
