package io.eventbus.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventHandler;
import io.eventbus.RetryPolicy;
import io.eventbus.UnsupportedCapabilityException;
import io.eventbus.spi.Capability;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.fault.FaultyProvider;
import io.eventbus.tck.fault.TransportFaults;
import io.eventbus.tck.net.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What one test needs: buses on the transport under test, names that nobody else has, waits. Made for each test and closed
 * after it, with all its buses. Thread-safe.
 */
public final class Kit implements AutoCloseable {

    /** The retry policy of the kit's buses: that of the bus, with pauses of 10 to 50 ms. */
    public static final RetryPolicy RETRY =
            RetryPolicy.defaults().withBackoff(Duration.ofMillis(10), Duration.ofMillis(50));

    /** Generous, as all that ends when it is done: a broker may have to notice first that another member is lost. */
    private static final Duration OPEN = Timing.POSITIVE_WAIT;

    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Also where failures are expected, and waits are short: what is closed in order must have the time for that. */
    private static final Duration SHORTEST_CLOSE = Duration.ofSeconds(2);

    private final RunningEnvironment running;
    private final Timing timing;
    private final BuilderSeam seam;
    private final String scope = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger count = new AtomicInteger();
    private final Collected<BusUnderTest> buses = new Collected<>();
    private final Collected<AutoCloseable> resources = new Collected<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Capability subject;

    Kit(RunningEnvironment running, Timing timing, BuilderSeam seam) {
        this.running = running;
        this.timing = timing;
        this.seam = seam;
    }

    /**
     * Gets a broker for what is no test of JUnit's, such as a command line.
     *
     * @param harness brings the broker, which is the caller's alone
     * @return a kit on it, which the caller closes, and the broker with it
     */
    public static Kit on(TransportHarness harness) {
        RunningEnvironment running = RunningEnvironment.shared(harness);
        Kit kit = new Kit(running, Timing.fromSystemProperties(), builder -> builder);
        kit.resources.add(running);
        return kit;
    }

    /** {@return a name that was never used before, for a topic or a group} */
    public String name() {
        return name("n");
    }

    /**
     * Makes a name that was never used before.
     *
     * @param hint what it begins with, to be recognised
     * @return the name
     */
    public String name(String hint) {
        return hint + "-" + scope + "-" + count.incrementAndGet();
    }

    /** {@return the waits of this run} */
    public Await await() {
        return timing.await();
    }

    /** {@return how long this run waits} */
    public Timing timing() {
        return timing;
    }

    /** {@return the provider under test, as it is found} */
    public TransportProvider provider() {
        return running.harness().provider();
    }

    /** {@return the packages of the client library of the transport under test} */
    public Set<String> clientPackages() {
        return running.harness().clientPackages();
    }

    /** {@return the broker of this run} */
    public Environment environment() {
        return running.environment();
    }

    /**
     * Makes a bus on the transport under test, not started: with small pauses between attempts, generous time-outs, and
     * the events of {@link Sample}.
     *
     * @param topic its topic
     * @param settings what else is to be set, or set differently
     * @return the bus
     */
    public BusUnderTest bus(String topic, UnaryOperator<EventBusBuilder> settings) {
        TcpProxy proxy = proxy();
        TransportFaults faults = new TransportFaults();
        FaultyProvider provider = new FaultyProvider(running.harness().provider(), faults);
        EventBusBuilder builder = builder(url(proxy)).transport(provider).topic(topic);
        EventBus bus = seam.alter(settings.apply(builder)).build();
        BusUnderTest made = new BusUnderTest(name("bus"), bus, provider, faults, proxy);
        buses.add(made);
        return made;
    }

    /**
     * Makes a bus that is a member of a group.
     *
     * @param topic its topic
     * @param group its group
     * @return the bus, not started
     */
    public BusUnderTest member(String topic, String group) {
        return bus(topic, builder -> builder.group(group));
    }

    /**
     * Makes a bus that is a member of a group with one handler, and starts it.
     *
     * @param topic its topic
     * @param group its group
     * @param handler handles the group's events
     * @return the bus, started
     */
    public BusUnderTest member(String topic, String group, EventHandler<Sample.Placed> handler) {
        return member(topic, group, handler, builder -> builder);
    }

    /**
     * Makes a bus that is a member of a group with one handler, and starts it.
     *
     * @param topic its topic
     * @param group its group
     * @param handler handles the group's events
     * @param settings what else is to be set, or set differently
     * @return the bus, started
     */
    public BusUnderTest member(
            String topic, String group, EventHandler<Sample.Placed> handler, UnaryOperator<EventBusBuilder> settings) {
        BusUnderTest made = bus(topic, builder -> settings.apply(builder.group(group)));
        made.bus().subscribe(Sample.Placed.class, handler);
        return made.start();
    }

    /**
     * Makes a bus that only publishes, and starts it.
     *
     * @param topic its topic
     * @return the bus, started
     */
    public BusUnderTest publisher(String topic) {
        return bus(topic, builder -> builder).start();
    }

    /**
     * Makes a bus notice soon that the broker is silent or gone: within {@link Environment#detectionTime}.
     *
     * @param builder the bus
     * @return the same
     */
    public EventBusBuilder attentive(EventBusBuilder builder) {
        environment().attentiveOptions().forEach(builder::option);
        return builder;
    }

    /**
     * Makes a bus give back soon what it holds for long: within what its transport then declares as the limit.
     *
     * @param builder the bus
     * @return the same
     */
    public EventBusBuilder hasty(EventBusBuilder builder) {
        environment().hastyOptions().forEach(builder::option);
        return builder;
    }

    /**
     * Begins a bus straight on the transport under test, for tests of building and discovery.
     *
     * @return a builder with the URL of the broker, which finds the transport as an application does
     */
    public EventBusBuilder plainBuilder() {
        return seam.alter(builder(environment().url()));
    }

    /**
     * Begins a bus on the transport under test that the kit does not know: the test closes it, and can see what is left of it.
     *
     * @param url the broker's URL
     * @return a builder with the settings of {@link #bus} and without a topic
     */
    public EventBusBuilder looseBuilder(String url) {
        return seam.alter(builder(url).transport(provider()));
    }

    /**
     * Closes something after the test.
     *
     * @param <C> its type
     * @param resource what to close
     * @return the same
     */
    public <C extends AutoCloseable> C closing(C resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * Publishes an extra event of a key, and waits until it has come everywhere: what was published before with this key has
     * then come, too, or never will.
     *
     * @param publisher the bus to publish with
     * @param key the key whose lanes it goes through
     * @param witnesses where it has to come
     */
    public void fence(BusUnderTest publisher, String key, Witness... witnesses) {
        Event<Sample.Placed> fence = Event.of(Sample.fence(key));
        publisher.bus().publish(fence);
        for (Witness witness : witnesses) {
            await().until("the fence of key " + key, () -> witness.hasPassed(fence.id()));
        }
    }

    /**
     * Waits until a group has enough dead letters, which must be listed then.
     *
     * @param member a member of the group
     * @param count how many are expected, which nobody takes away meanwhile
     * @return all that are there then, oldest first, which may be more
     */
    public List<DeadLetter> deadLetters(BusUnderTest member, int count) {
        DeadLetters deadLetters = member.bus().deadLetters();
        await().until(count + " dead letters", () -> deadLetters.count() >= count);
        List<DeadLetter> listed = deadLetters.list(count + 1);
        assertTrue(
                listed.size() >= count,
                () -> listed.size() + " dead letters are listed, where at least " + count + " are counted");
        return listed;
    }

    /**
     * Ends a test whose rule needs a network, if the transport has none.
     *
     * @return the broker's address
     */
    public InetSocketAddress requireNetwork() {
        return environment()
                .address()
                .orElseThrow(
                        () -> new NotApplicable("the transport " + provider().name() + " has no network"));
    }

    /**
     * Ends a test whose rule needs a limit of holding, if the transport declares none.
     *
     * @param bus a bus on it
     * @return how long the broker lets its members hold a delivery
     */
    public Duration requireHoldLimit(BusUnderTest bus) {
        return bus.holdLimit()
                .orElseThrow(() -> new NotApplicable("the transport "
                        + provider().name() + " lets a member hold a delivery for as long as it lives"));
    }

    /**
     * Ends a test of what only some transports can do, if this one does not declare it, once it is seen that requiring it is
     * refused with the capability's name. The report says of either what the test has proved.
     *
     * @param capability what the test is about
     */
    public void requireCapability(Capability capability) {
        requireCapability(capability, builder -> builder.require(capability));
    }

    /**
     * Ends a test of what only some transports can do, if this one does not declare it, once it is seen that its use is refused
     * with the capability's name. The report says of either what the test has proved.
     *
     * @param capability what the test is about
     * @param use makes a bus use it
     */
    public void requireCapability(Capability capability, UnaryOperator<EventBusBuilder> use) {
        subject = capability;
        if (!declares(capability)) {
            EventBusBuilder builder = use.apply(memberBuilder());
            UnsupportedCapabilityException refusal = assertThrows(UnsupportedCapabilityException.class, builder::build);
            assertEquals(capability, refusal.capability());
            assertTrue(String.valueOf(refusal.getMessage()).contains(capability.name()), refusal::toString);
            throw new Refused(String.valueOf(refusal.getMessage()));
        }
    }

    /**
     * Whether the transport can do something.
     *
     * @param capability what
     * @return whether it declares it
     */
    public boolean declares(Capability capability) {
        try (EventBus bus = memberBuilder().build()) {
            return bus.capabilities().contains(capability);
        }
    }

    private EventBusBuilder memberBuilder() {
        return looseBuilder(environment().url()).topic(name("topic")).group(name("group"));
    }

    /** {@return the capability that the test is about, once it has said so} */
    Optional<Capability> subject() {
        return Optional.ofNullable(subject);
    }

    /**
     * Gets a broker for this test alone.
     *
     * @return a kit on that broker, closed with this one
     * @throws Inconclusive if the harness brings none
     */
    public Kit alone() {
        RunningEnvironment own = running.alone();
        Kit alone = closing(new Kit(own, timing, seam));
        resources.add(own);
        return alone;
    }

    /**
     * What may be done to the broker of this kit.
     *
     * @return its control
     * @throws Inconclusive if tests may only use it
     */
    public BrokerControl control() {
        return environment()
                .control()
                .orElseThrow(() -> new Inconclusive("the broker cannot be killed: " + environment()));
    }

    /**
     * A login that the broker refuses.
     *
     * @return the URL with it of this broker or, where that has none, of one for this test alone; the test does not apply where
     *     there is no network and no login
     * @throws Inconclusive if the harness of a transport with network has none
     */
    public String wrongLogin() {
        return login(Environment::wrongLogin, "login that the broker refuses");
    }

    /**
     * The login of a user without rights.
     *
     * @return the URL with it of this broker or, where that has none, of one for this test alone; the test does not apply where
     *     there is no network and no login
     * @throws Inconclusive if the harness of a transport with network has none
     */
    public String loginWithoutRights() {
        return login(Environment::loginWithoutRights, "user without rights");
    }

    private String login(Function<Environment, Optional<String>> question, String what) {
        return question.apply(environment())
                .or(() -> {
                    requireNetwork();
                    return question.apply(alone().environment());
                })
                .orElseThrow(() -> new Inconclusive(
                        "the harness of " + provider().name() + " brings no " + what + ": " + environment()));
    }

    /**
     * What may be removed from the broker behind the bus's back.
     *
     * @return the removal; the test does not apply where there is no network and nothing to remove
     * @throws Inconclusive if the harness of a transport with network has none
     */
    public Removal removal() {
        return environment().removal().orElseGet(() -> {
            requireNetwork();
            throw new Inconclusive("the harness of " + provider().name() + " removes nothing: " + environment());
        });
    }

    /**
     * Gets a broker for this test alone that can be made to take nothing more.
     *
     * @return a kit on that broker, closed with this one; the test does not apply where there is no network and no such broker
     * @throws Inconclusive if the harness of a transport with network brings none
     */
    public Kit blockable() {
        if (environment().address().isEmpty() && environment().blockade().isEmpty()) {
            requireNetwork();
        }
        return alone();
    }

    /**
     * What makes the broker of this kit take nothing more.
     *
     * @return the blockade
     * @throws Inconclusive if the harness has none
     */
    public Blockade blockade() {
        return environment()
                .blockade()
                .orElseThrow(() -> new Inconclusive("the broker cannot be blocked: " + environment()));
    }

    /** {@return a window in which nothing must happen, calibrated by the latency of this transport} */
    public QuietWindow quiet() {
        return QuietWindow.calibrated(Calibration.of(this, running.latencies()));
    }

    /** Closes the test's buses, all at once, and its other resources. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<BusUnderTest> open = buses.snapshot();
        ExecutorService closers = Executors.newFixedThreadPool(Math.max(1, Math.min(open.size(), 8)));
        open.forEach(bus -> closers.execute(bus::close));
        closers.shutdown();
        try {
            closers.awaitTermination(CLOSE.toSeconds() * 10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(bus -> bus.proxy().ifPresent(TcpProxy::close));
        resources.snapshot().forEach(Kit::closeQuietly);
    }

    private EventBusBuilder builder(String url) {
        EventBusBuilder builder = EventBus.builder()
                .url(url)
                .events(Sample.Placed.class, Sample.Shipped.class)
                .retry(RETRY)
                .reconnectBackoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .openTimeout(timing.slack(OPEN))
                .closeTimeout(closeTimeout());
        environment().options().forEach(builder::option);
        return builder;
    }

    private Duration closeTimeout() {
        Duration scaled = timing.times(CLOSE);
        return scaled.compareTo(SHORTEST_CLOSE) < 0 ? SHORTEST_CLOSE : scaled;
    }

    private @Nullable TcpProxy proxy() {
        return environment().address().isEmpty() ? null : environment().proxy();
    }

    private String url(@Nullable TcpProxy proxy) {
        return proxy == null ? environment().url() : environment().url(proxy.host(), proxy.port());
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Kit.class).warn("closing {} failed", resource, e);
        }
    }
}
