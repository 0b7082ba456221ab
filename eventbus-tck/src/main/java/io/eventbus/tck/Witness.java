package io.eventbus.tck;

import io.eventbus.Event;
import io.eventbus.EventHandler;
import java.util.List;
import java.util.function.Predicate;

/**
 * A handler that writes down every event that it is given, and then does what it is told to. It keeps fences apart, which
 * {@link Kit#fence} publishes, and always handles them with success. Thread-safe; may serve several members of a group.
 */
public final class Witness implements EventHandler<Sample.Placed> {

    private final EventHandler<Sample.Placed> work;
    private final Collected<Event<Sample.Placed>> calls = new Collected<>();
    private final Collected<String> fences = new Collected<>();

    /** Makes one that handles everything with success. */
    public Witness() {
        this(event -> {});
    }

    /**
     * Makes one that does something with each event.
     *
     * @param work what it does, after it has written down the call
     */
    public Witness(EventHandler<Sample.Placed> work) {
        this.work = work;
    }

    /**
     * Makes one that fails some calls.
     *
     * @param which the calls that it fails, by event and attempt
     * @return the witness
     */
    public static Witness failing(Predicate<Event<Sample.Placed>> which) {
        return new Witness(event -> {
            if (which.test(event)) {
                throw new IllegalStateException(
                        "told to fail event " + event.payload().number());
            }
        });
    }

    @Override
    public void handle(Event<Sample.Placed> event) throws Exception {
        if (Sample.isFence(event.payload())) {
            fences.add(event.id());
        } else {
            calls.add(event);
            work.handle(event);
        }
    }

    /** {@return every call, fences left out} */
    public Collected<Event<Sample.Placed>> calls() {
        return calls;
    }

    /** {@return the number of the event of each call, fences left out} */
    public List<Integer> numbers() {
        return calls.snapshot().stream().map(event -> event.payload().number()).toList();
    }

    /**
     * Lists the attempts at an event.
     *
     * @param number the event's number
     * @return the attempt of each call with it
     */
    public List<Integer> attempts(int number) {
        return calls.snapshot().stream()
                .filter(event -> event.payload().number() == number)
                .map(Event::attempt)
                .toList();
    }

    /**
     * Whether a fence has come.
     *
     * @param id its event id
     * @return true if it was handled here
     */
    boolean hasPassed(String id) {
        return fences.snapshot().contains(id);
    }
}
