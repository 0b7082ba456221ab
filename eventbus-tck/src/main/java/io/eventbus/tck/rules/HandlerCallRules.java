package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SUB-6: what a handler may do with its own bus, also where it is alone. */
@Conformance
public class HandlerCallRules {

    private static final int CHAIN = 12;

    /** Run by JUnit. */
    public HandlerCallRules() {}

    /** One handler at a time, one delivery at a time, and no second attempt to hide a failure. */
    private static BusUnderTest alone(Kit kit, String topic, String group) {
        return kit.bus(
                topic,
                builder -> builder.group(group)
                        .handlerConcurrency(1)
                        .maxInFlight(1)
                        .maxPublishesInFlight(1)
                        .retry(RetryPolicy.none()));
    }

    @Test
    @Rule("SUB-6")
    @DisplayName("a handler may publish and wait, one by one, asynchronously or a list")
    final void publishes(Kit kit) {
        BusUnderTest member = alone(kit, kit.name("topic"), kit.name("group"));
        EventBus bus = member.bus();
        Witness witness = new Witness(event -> {
            int number = event.payload().number();
            if (number >= CHAIN) {
                return;
            }
            Sample.Placed next = Sample.placed("k", number + 1);
            switch (number % 3) {
                case 0 -> bus.publish(next);
                case 1 -> kit.await().result("a publish in a handler", bus.publishAsync(next));
                default -> bus.publish(List.of(next));
            }
        });
        bus.subscribe(Sample.Placed.class, witness);
        member.start();
        bus.publish(Sample.placed("k", 1));
        kit.await().count("the chain", witness.calls(), CHAIN);
        assertEquals(IntStream.rangeClosed(1, CHAIN).boxed().toList(), witness.numbers());
    }

    @Test
    @Rule("SUB-6")
    @DisplayName("a handler may subscribe and wait until that is ready")
    final void subscribes(Kit kit) {
        BusUnderTest member = alone(kit, kit.name("topic"), kit.name("group"));
        EventBus bus = member.bus();
        Collected<Object> inGroup = new Collected<>();
        Collected<Object> ephemeral = new Collected<>();
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        bus.subscribe(Sample.Placed.class, event -> {
            Subscription first = bus.subscribe(Binding.direct("other"), other -> inGroup.add(other.payload()));
            kit.await().result("the readiness in a handler", first.ready());
            Subscription second = bus.subscribe(
                    Sample.Shipped.class,
                    other -> ephemeral.add(other.payload()),
                    SubscriptionOptions.defaults().asEphemeral());
            kit.await().result("the readiness of the ephemeral one in a handler", second.ready());
            subscribed.complete(null);
        });
        member.start();
        bus.publish(Sample.placed("k", 1));
        kit.await().result("the readiness of both", subscribed);
        List<Sample.Shipped> published = List.of(new Sample.Shipped("k", 2), new Sample.Shipped("k", 3));
        published.forEach(each -> bus.publish(Event.of(each).withRoutingKey("other")));
        assertEquals(published, kit.await().count("the events in the group", inGroup, 2));
        assertEquals(published, kit.await().count("the events of the ephemeral subscription", ephemeral, 2));
    }

    @Test
    @Rule("SUB-6")
    @DisplayName("a handler may end its own subscription: its event is settled, and the others wait in the group")
    final void unsubscribesItself(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest member = alone(kit, topic, kit.name("group"));
        CompletableFuture<Subscription> own = new CompletableFuture<>();
        Collected<Integer> ended = new Collected<>();
        Witness first = new Witness(event -> {
            if (event.payload().number() == 2) {
                kit.await().result("the subscription", own).close();
                ended.add(event.payload().number());
            }
        });
        own.complete(member.bus().subscribe(Sample.Placed.class, first));
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher
                .bus()
                .publish(IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> Sample.placed("k", i))
                        .toList());
        kit.await().count("the end of the subscription in a handler", ended, 1);
        Witness next = new Witness();
        member.bus().subscribe(Sample.Placed.class, next);
        kit.fence(publisher, "k", next);
        assertEquals(List.of(1, 2), first.numbers(), "until the end of the subscription");
        assertEquals(List.of(3, 4), next.numbers(), "after it");
    }

    @Test
    @Rule("SUB-6")
    @DisplayName("a handler may end another subscription")
    final void unsubscribesAnother(Kit kit) {
        BusUnderTest member = alone(kit, kit.name("topic"), kit.name("group"));
        EventBus bus = member.bus();
        Collected<Integer> ended = new Collected<>();
        Witness other = new Witness();
        CompletableFuture<Subscription> another = new CompletableFuture<>();
        Witness witness = new Witness(event -> {
            if (event.payload().number() == 1) {
                kit.await().result("the other subscription", another).close();
                ended.add(1);
            }
        });
        bus.subscribe(Sample.Placed.class, witness);
        another.complete(bus.subscribe(Sample.Placed.class, other));
        member.start();
        bus.publish(Sample.placed("k", 1));
        kit.await().count("the end of the other subscription in a handler", ended, 1);
        bus.publish(Sample.placed("k", 2));
        kit.fence(member, "k", witness);
        assertEquals(List.of(1, 2), witness.numbers(), "the subscription that ended the other");
        assertEquals(
                List.of(),
                other.numbers().stream().filter(number -> number == 2).toList(),
                "the other");
    }
}
