package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GRP-7: subscribers that are a group of their own and leave nothing behind. */
@Conformance
public class EphemeralRules {

    private static final int SUBSCRIBERS = 5;
    private static final int EVENTS = 100;
    private static final int CYCLES_SEEN = 20;
    private static final int CYCLES_UNSEEN = 200;

    /** Run by JUnit. */
    public EphemeralRules() {}

    @Test
    @Rule("GRP-7")
    @DisplayName("each ephemeral subscription gets every event from its readiness to its end")
    final void broadcast(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed("k", -1));
        List<Witness> witnesses =
                Stream.generate(Witness::new).limit(SUBSCRIBERS).toList();
        BusUnderTest bus = kit.bus(topic, builder -> builder).start();
        List<Subscription> subscriptions = witnesses.stream()
                .map(witness -> subscribe(kit, witness == witnesses.get(0) ? publisher : bus, witness))
                .toList();
        IntStream.range(0, EVENTS).forEach(i -> publisher.bus().publishAsync(Sample.placed("k", i)));
        kit.fence(publisher, "k", witnesses.toArray(Witness[]::new));
        subscriptions.forEach(Subscription::close);
        Witness later = new Witness();
        publisher.bus().publish(Sample.placed("k", EVENTS));
        subscribe(kit, bus, later);
        kit.fence(publisher, "k", later);
        assertEquals(List.of(), later.numbers(), "what a later subscription got");
        witnesses.forEach(witness ->
                assertEquals(IntStream.range(0, EVENTS).boxed().toList(), witness.numbers(), "what each got"));
    }

    @Test
    @Rule("GRP-7")
    @DisplayName("ephemeral subscriptions leave nothing behind at the broker")
    final void nothingLeft(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        kit.fence(publisher, "k", witness);
        Set<String> before = residents(kit, topic);
        int cycles = kit.environment().residents().isPresent() ? CYCLES_SEEN : CYCLES_UNSEEN;
        for (int i = 0; i < cycles; i++) {
            Witness ephemeral = new Witness();
            Subscription subscription = subscribe(kit, publisher, ephemeral);
            kit.fence(publisher, "k", ephemeral);
            subscription.close();
        }
        BusUnderTest closing = kit.bus(topic, builder -> builder).start();
        Witness untilClose = new Witness();
        subscribe(kit, closing, untilClose);
        kit.fence(publisher, "k", untilClose);
        closing.close();
        kit.await().until("nothing left behind", () -> residents(kit, topic).equals(before));
        kit.fence(publisher, "k", witness);
        assertEquals(0, publisher.bus().subscriberCount(), "subscriptions");
    }

    private static Subscription subscribe(Kit kit, BusUnderTest bus, Witness witness) {
        Subscription subscription = bus.bus()
                .subscribe(
                        Sample.Placed.class,
                        witness,
                        SubscriptionOptions.defaults().asEphemeral());
        kit.await().result("the readiness", subscription.ready());
        return subscription;
    }

    /** Only what is this test's: others run at the same time. */
    private static Set<String> residents(Kit kit, String topic) {
        return kit.environment().residents().orElse(Set.of()).stream()
                .filter(resident -> resident.contains(topic))
                .collect(Collectors.toSet());
    }
}
