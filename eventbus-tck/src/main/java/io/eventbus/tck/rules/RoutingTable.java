package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Many routes at once: each is a group of its own, gets its part of the same events, and then its own fence through the same
 * lane, which proves that it has got all.
 */
final class RoutingTable {

    /** All events of a table have this key, so that each route gets them in the order of publishing. */
    private static final String LANE = "lane";

    private final List<Route> routes = new ArrayList<>();
    private final List<Event<Sample.Placed>> events = new ArrayList<>();

    /** A binding, which events it has to select, and one of these for its fence. */
    record Route(Binding<?> binding, Predicate<Event<Sample.Placed>> selects, Event<Sample.Placed> fence) {}

    /** Makes an event that calls itself by a label, to be given a routing key or headers. */
    static Event<Sample.Placed> event(String label) {
        return Event.of(new Sample.Placed(LANE, 0, label));
    }

    void add(Route route) {
        Inconclusive.unless(route.selects().test(route.fence()), route.binding() + " selects its fence");
        routes.add(route);
    }

    void add(Event<Sample.Placed> event) {
        events.add(event);
    }

    /** Which share of all pairs of route and event have to match. */
    double matching() {
        long matching = routes.stream()
                .mapToLong(route -> events.stream().filter(route.selects()).count())
                .sum();
        return (double) matching / (routes.size() * events.size());
    }

    /** Publishes the events and requires of every route what it selects. */
    void check(Kit kit, String about) {
        BusUnderTest bus = kit.bus(kit.name("topic"), builder -> builder);
        List<Collected<Event<?>>> arrived = new ArrayList<>();
        for (Route route : routes) {
            Collected<Event<?>> arrivals = new Collected<>();
            arrived.add(arrivals);
            bus.bus()
                    .subscribe(
                            route.binding(),
                            event -> arrivals.add(event),
                            SubscriptionOptions.defaults().asEphemeral());
        }
        bus.start();
        List<Event<Sample.Placed>> published = new ArrayList<>(events);
        routes.forEach(route -> published.add(route.fence()));
        bus.bus().publish(published);
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            List<Event<?>> actual = untilFence(kit, route, arrived.get(i));
            List<Event<Sample.Placed>> expected = published.subList(0, events.size() + i + 1).stream()
                    .filter(route.selects())
                    .toList();
            assertEquals(labels(expected), labels(actual), about + route.binding());
        }
    }

    private static List<Event<?>> untilFence(Kit kit, Route route, Collected<Event<?>> arrivals) {
        kit.await().until("the fence of " + route.binding(), () -> fencePosition(route, arrivals.snapshot()) >= 0);
        List<Event<?>> all = arrivals.snapshot();
        return all.subList(0, fencePosition(route, all) + 1);
    }

    private static int fencePosition(Route route, List<Event<?>> arrived) {
        return arrived.stream().map(Event::id).toList().indexOf(route.fence().id());
    }

    private static List<String> labels(List<? extends Event<?>> some) {
        return some.stream()
                .map(event -> event.payload() instanceof Sample.Placed placed ? placed.text() : event.toString())
                .toList();
    }
}
