package io.eventbus.tck.rules;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A group whose member fails everything until it is told to succeed. */
final class FailingGroup {

    /** The key of its events, unless they have another. */
    static final String KEY = "key";

    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final Witness witness = Witness.failing(event -> failing.get());
    private final String topic;
    private final String name;
    private final BusUnderTest member;
    private final BusUnderTest publisher;

    FailingGroup(Kit kit, String topic, int attempts) {
        this.topic = topic;
        this.name = kit.name("failing");
        this.member = kit.member(topic, name, witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(attempts)));
        this.publisher = kit.publisher(topic);
    }

    /** On a topic of its own, with two attempts. */
    FailingGroup(Kit kit) {
        this(kit, kit.name("topic"), 2);
    }

    String topic() {
        return topic;
    }

    String name() {
        return name;
    }

    Witness witness() {
        return witness;
    }

    BusUnderTest member() {
        return member;
    }

    BusUnderTest publisher() {
        return publisher;
    }

    DeadLetters desk() {
        return member.bus().deadLetters();
    }

    void succeed() {
        failing.set(false);
    }

    /** Publishes events; returns them once they are dead letters, with those that were buried before. */
    List<Event<?>> bury(Kit kit, Event<?>... events) {
        int before = Math.toIntExact(member.bus().stats().deadLettered());
        publisher.bus().publish(List.of(events));
        awaitBuried(kit, member, before + events.length);
        return List.of(events);
    }

    List<Event<?>> bury(Kit kit, int count) {
        return bury(
                kit,
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> Event.of(Sample.placed(KEY, number)))
                        .toArray(Event<?>[]::new));
    }

    void fence(Kit kit) {
        kit.fence(publisher, KEY, witness);
    }

    /** What its handler got behind so many calls, such as those that failed before a replay. */
    List<Event<Sample.Placed>> callsAfter(int calls) {
        List<Event<Sample.Placed>> all = witness.calls().snapshot();
        return all.subList(calls, all.size());
    }

    /** Asks the bus before it asks the broker, which is dearer. */
    static void awaitBuried(Kit kit, BusUnderTest member, int count) {
        kit.await()
                .precondition()
                .until(
                        count + " dead letters",
                        () -> member.bus().stats().deadLettered() >= count
                                && member.bus().deadLetters().count() >= count);
    }

    static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.event().id()).toList();
    }

    static List<String> eventIds(List<? extends Event<?>> events) {
        return events.stream().map(Event::id).toList();
    }
}
