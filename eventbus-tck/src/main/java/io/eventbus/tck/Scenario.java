package io.eventbus.tck;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventHandler;
import io.eventbus.spi.Group;
import io.eventbus.tck.history.EventRef;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.history.Judgement;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A test that is judged by its history: publishes {@link Sample.Placed} on one topic, lets groups handle them, writes down
 * both, and has everything checked at the end. Thread-safe, apart from {@link #random()}, which only the test's thread uses.
 *
 * <p>A group has one handler in each member. The counters of a bus are compared with the history of its group, so a bus is a
 * member of one group at most and has no other subscription.
 */
public final class Scenario {

    /** The system property with the seed of a run that is to be repeated. By default each run has its own. */
    public static final String SEED_PROPERTY = "eventbus.tck.seed";

    private static final Duration DRAIN = Duration.ofSeconds(30);

    /**
     * Of members that share the work one may have handled a fence while another has still to find what it was given before: in
     * no counter yet, and lost only if that stays so.
     */
    private static final Duration UNDERWAY = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_NANOS = 50_000_000;

    /** How long the acknowledgement of what is handled may take, while nothing is broken, on a busy machine. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final Kit kit;
    private final String topic;
    private final long seed = newSeed();
    private final Random random = new Random(seed);
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Map<Group, Participants> groups = new ConcurrentHashMap<>();
    private final AtomicInteger openPublishes = new AtomicInteger();

    /**
     * Begins a scenario on a topic of its own.
     *
     * @param kit the test's kit
     */
    public Scenario(Kit kit) {
        this.kit = kit;
        this.topic = kit.name("topic");
    }

    /** {@return a seed for what is random in a test: that of {@value #SEED_PROPERTY}, or one that was never used} */
    public static long newSeed() {
        return Long.getLong(SEED_PROPERTY, System.nanoTime());
    }

    /** {@return the topic} */
    public String topic() {
        return topic;
    }

    /** {@return the source of all that is random in the test; its seed is printed when the test fails} */
    public Random random() {
        return random;
    }

    /** {@return the recorder, for what this class has no method for: faults, dead letters, what was filtered out} */
    public HistoryRecorder recorder() {
        return recorder;
    }

    /** {@return a group of the topic that nobody else has} */
    public Group group() {
        return new Group(topic, kit.name("group"));
    }

    /** {@return a started bus on the topic that only publishes} */
    public BusUnderTest publisher() {
        return kit.publisher(topic);
    }

    /**
     * Makes a member of a group, with a handler that records, and starts it.
     *
     * @param group the group
     * @param work what the handler does
     * @return the bus, ready
     */
    public BusUnderTest member(Group group, EventHandler<Sample.Placed> work) {
        return member(group, work, builder -> builder);
    }

    /**
     * Makes a member of a group, with a handler that records, and starts it.
     *
     * @param group the group
     * @param work what the handler does
     * @param settings how the bus differs from the kit's others
     * @return the bus, ready
     */
    public BusUnderTest member(Group group, EventHandler<Sample.Placed> work, UnaryOperator<EventBusBuilder> settings) {
        BusUnderTest bus = kit.bus(topic, builder -> settings.apply(builder.group(group.name())));
        bus.bus().subscribe(Sample.Placed.class, handler(bus, group, work));
        return join(bus, group);
    }

    /**
     * Starts a bus as a member of a group.
     *
     * @param bus a bus with a handler made by {@link #handler} or {@link #asyncHandler}, not started
     * @param group its group
     * @return the bus, ready
     */
    public BusUnderTest join(BusUnderTest bus, Group group) {
        of(group).join(bus);
        recorder.joining(bus.instance(), group);
        bus.start();
        recorder.ready(bus.instance(), group);
        return bus;
    }

    /**
     * Closes a member as an application does.
     *
     * @param bus the member
     * @param group its group
     */
    public void leave(BusUnderTest bus, Group group) {
        of(group).leave(bus);
        recorder.leaving(bus.instance(), group);
        bus.close();
    }

    /**
     * Makes a bus vanish without goodbye.
     *
     * @param bus the bus
     */
    public void crash(BusUnderTest bus) {
        recorder.crashing(bus.instance());
        bus.crash();
    }

    /**
     * Makes a handler that records.
     *
     * @param bus the bus that it is for
     * @param group the group of that bus
     * @param work what it does; not called for the events of {@link #fence}
     * @return the handler
     */
    public EventHandler<Sample.Placed> handler(BusUnderTest bus, Group group, EventHandler<Sample.Placed> work) {
        return recording(bus, group).around(work);
    }

    /**
     * Makes a handler that records and holds no thread.
     *
     * @param bus the bus that it is for
     * @param group the group of that bus
     * @param work begins what it does, and does not throw; called for the events of {@link #fence}, too
     * @return the handler
     */
    public AsyncEventHandler<Sample.Placed> asyncHandler(
            BusUnderTest bus, Group group, AsyncEventHandler<Sample.Placed> work) {
        return recording(bus, group).aroundAsync(work);
    }

    private RecordingHandler recording(BusUnderTest bus, Group group) {
        return new RecordingHandler(recorder, bus.instance(), group, of(group)::handled);
    }

    /**
     * Publishes an event and waits.
     *
     * @param bus the publisher
     * @param event the event
     * @return how it ended
     */
    public Outcome publish(BusUnderTest bus, Event<Sample.Placed> event) {
        EventRef sent = invoked(bus, event);
        Outcome outcome = PublishedOutcome.of(() -> bus.bus().publish(event));
        recorder.publishReturned(bus.instance(), sent, outcome);
        return outcome;
    }

    /**
     * Publishes an event without waiting.
     *
     * @param bus the publisher
     * @param event the event
     * @return completes with how it ended; never fails because the publish did
     * @throws RuntimeException if the bus takes nothing, as when it is closed
     */
    public CompletionStage<Outcome> publishAsync(BusUnderTest bus, Event<Sample.Placed> event) {
        EventRef sent = invoked(bus, event);
        openPublishes.incrementAndGet();
        try {
            return bus.bus()
                    .publishAsync(event)
                    .handle((done, failure) -> ended(bus, sent, PublishedOutcome.of(failure)));
        } catch (RuntimeException e) {
            ended(bus, sent, Outcome.NOT_ACCEPTED);
            throw e;
        }
    }

    private Outcome ended(BusUnderTest bus, EventRef sent, Outcome outcome) {
        recorder.publishReturned(bus.instance(), sent, outcome);
        openPublishes.decrementAndGet();
        return outcome;
    }

    /**
     * Publishes events as one list and waits.
     *
     * @param bus the publisher
     * @param events the events
     * @return how each ended, in the order of the list
     */
    public List<Outcome> publish(BusUnderTest bus, List<Event<Sample.Placed>> events) {
        List<EventRef> sent = events.stream().map(event -> invoked(bus, event)).toList();
        List<Outcome> outcomes = PublishedOutcome.of(bus.bus(), events);
        for (int i = 0; i < outcomes.size(); i++) {
            recorder.publishReturned(bus.instance(), sent.get(i), outcomes.get(i));
        }
        return outcomes;
    }

    private EventRef invoked(BusUnderTest bus, Event<Sample.Placed> event) {
        EventRef sent = Sample.ref(topic, event);
        keys.add(sent.key());
        recorder.publishInvoked(bus.instance(), sent);
        return sent;
    }

    /**
     * Waits until a group has handled enough different events with success.
     *
     * @param group the group
     * @param count how many, those of {@link #fence} included
     */
    public void awaitHandled(Group group, int count) {
        awaitHandled(group, count, patience());
    }

    /**
     * Waits until a group has handled enough different events with success.
     *
     * @param group the group
     * @param count how many, those of {@link #fence} included
     * @param limited how long
     */
    public void awaitHandled(Group group, int count, Await limited) {
        Participants participants = of(group);
        limited.until(count + " events in " + described(group), () -> participants.handledCount() >= count);
    }

    /** {@return how many buses have begun to handle an event up to now, those that have left or crashed included} */
    public long busyMembers() {
        return recorder.snapshot()
                .with(Op.HANDLE_START)
                .map(HistoryRecord::instance)
                .distinct()
                .count();
    }

    /**
     * Proves that every lane is done with what was published before: publishes one more event of each key that was ever used,
     * and waits until every group that has a member left has handled them. Their handlers do nothing but record.
     *
     * @param bus the publisher
     */
    public void fence(BusUnderTest bus) {
        Set<String> unfenced = new HashSet<>(keys);
        List<String> ids = new ArrayList<>();
        until("an accepted fence of every key (seed " + seed + ")", () -> {
            ids.addAll(publishFences(bus, unfenced));
            return unfenced.isEmpty();
        });
        groups.forEach((group, participants) -> {
            if (participants.isManned()) {
                until("the fence of every key in " + described(group), () -> participants.hasHandled(ids));
            }
        });
    }

    /** One more event for each of these keys. What was accepted for sure is returned, its key removed. */
    private List<String> publishFences(BusUnderTest bus, Set<String> unfenced) {
        List<String> order = List.copyOf(unfenced);
        List<Event<Sample.Placed>> fences =
                order.stream().map(key -> Event.of(Sample.fence(key))).toList();
        List<Outcome> outcomes = publish(bus, fences);
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < fences.size(); i++) {
            if (outcomes.get(i) == Outcome.ACCEPTED) {
                accepted.add(fences.get(i).id());
                unfenced.remove(order.get(i));
            }
        }
        return accepted;
    }

    /**
     * Waits until what is handled by now must be acknowledged: no fault from here on explains that it comes again. Fails if more is
     * handled meanwhile.
     *
     * @param group the group
     */
    public void settle(Group group) {
        int handled = of(group).handledCount();
        new QuietWindow(settling())
                .holds("nothing more in " + described(group), () -> of(group).handledCount() == handled);
    }

    private Duration settling() {
        return kit.timing().slack(SETTLING);
    }

    /**
     * Makes every check of the history, and compares the counters of the buses with it, once all are at rest. A fault explains that
     * something is handled again that was handled at most three seconds before it, times the multiplier if that is above 1.
     */
    public void check() {
        check(checker -> checker);
    }

    /**
     * Makes every check of the history, and compares the counters of the buses with it, once all are at rest. A group of which
     * a member crashed or lost a session has no counters to compare.
     *
     * @param expectations what more is expected
     */
    public void check(UnaryOperator<HistoryChecker> expectations) {
        until("the end of every publish (seed " + seed + ")", () -> openPublishes.get() == 0);
        long end = System.nanoTime() + kit.timing().times(UNDERWAY).toNanos();
        Judgement judgement = judge(expectations);
        // the longer the history, the longer a look takes
        for (long pause = FIRST_PAUSE_NANOS; judgement.mayMend() && System.nanoTime() < end; pause *= 2) {
            LockSupport.parkNanos(Math.min(pause, end - System.nanoTime()));
            judgement = judge(expectations);
        }
        judgement.require();
    }

    private Judgement judge(UnaryOperator<HistoryChecker> expectations) {
        HistoryChecker checker =
                expectations.apply(HistoryChecker.withSeed(seed).withSettling(settling()));
        for (Map.Entry<Group, Participants> entry : groups.entrySet()) {
            Participants participants = entry.getValue();
            if (participants.isCounted()) {
                until("nothing in flight in " + described(entry.getKey()), participants::isAtRest);
                checker = checker.withCounters(entry.getKey(), participants.counters());
            }
        }
        return checker.check(recorder.snapshot());
    }

    private void until(String what, BooleanSupplier condition) {
        patience().until(what, condition);
    }

    private Await patience() {
        return kit.timing().await(DRAIN.multipliedBy(Stress.times(1)));
    }

    private Participants of(Group group) {
        return groups.computeIfAbsent(group, unused -> new Participants());
    }

    private String described(Group group) {
        return "group " + group.name() + " (seed " + seed + ")";
    }
}
