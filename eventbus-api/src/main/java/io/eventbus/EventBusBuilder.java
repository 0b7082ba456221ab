package io.eventbus;

import io.eventbus.internal.Engine;
import io.eventbus.spi.Capability;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Builds one {@link EventBus}. Not thread-safe. Numbers and time spans, of which none may be longer than 365 days, are checked
 * when they are set; what is text (URL, options, names) is checked by {@link #build()}.
 */
public final class EventBusBuilder {
    /** How many handlers of a group run at once by default. */
    public static final int DEFAULT_HANDLER_CONCURRENCY = 8;

    /** How many deliveries are held at once by default. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 256;

    /** After how many deliveries an event that is never settled goes to the dead letters by default. */
    public static final int DEFAULT_MAX_DELIVERIES = 20;

    /** How many publishes may be open at once by default. */
    public static final int DEFAULT_MAX_PUBLISHES_IN_FLIGHT = 1000;

    private @Nullable String url;
    private @Nullable TransportProvider provider;
    private final Map<String, String> options = new HashMap<>();
    private @Nullable String namespace;
    private @Nullable String topic;
    private @Nullable String group;
    private @Nullable String member;
    private @Nullable String source;
    private final List<EventDefinition<?>> definitions = new ArrayList<>();
    private EventCodec codec = new JsonCodec();
    private RetryPolicy retry = RetryPolicy.defaults();
    private int handlerConcurrency = DEFAULT_HANDLER_CONCURRENCY;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
    private int maxDeliveries = DEFAULT_MAX_DELIVERIES;
    private int maxPublishesInFlight = DEFAULT_MAX_PUBLISHES_IN_FLIGHT;
    private Duration publishTimeout = Duration.ofSeconds(30);
    private Duration openTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private boolean closeOnJvmShutdown;
    private Duration reconnectDelay = Duration.ofMillis(100);
    private Duration reconnectMaxDelay = Duration.ofSeconds(10);
    private StartFrom startFrom = StartFrom.LATEST;
    private Ordering ordering = Ordering.KEY;
    private UnknownTypePolicy unknownTypes = UnknownTypePolicy.DEAD_LETTER;
    private ErrorListener errorListener = error -> {};
    private HealthListener healthListener = health -> {};
    private final Set<Capability> required = EnumSet.noneOf(Capability.class);
    private BiFunction<BusConfig, Transport, EventBus> engine = Engine::new;
    private TransportOptions transportOptions = new TransportOptions();

    EventBusBuilder() {}

    /**
     * Where the broker is; its scheme chooses the transport. By default the environment variable {@code EVENTBUS_URL} or, if
     * that is missing or empty, the default of the only transport on the class path.
     *
     * @param brokerUrl such as {@code amqp://user:password@host} or {@code memory:name}, not empty; options may follow as a query
     * @return this
     */
    public EventBusBuilder url(String brokerUrl) {
        url = Objects.requireNonNull(brokerUrl, "brokerUrl");
        return this;
    }

    /**
     * The transport itself, where {@link java.util.ServiceLoader} is not to look for it.
     *
     * @param transportProvider the only candidate
     * @return this
     */
    public EventBusBuilder transport(TransportProvider transportProvider) {
        provider = Objects.requireNonNull(transportProvider, "transportProvider");
        return this;
    }

    /**
     * An option of the transport; wins over one in the URL.
     *
     * @param name the full name, such as {@code rabbitmq.queue-type}
     * @param value its value
     * @return this
     */
    public EventBusBuilder option(String name, String value) {
        options.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Keeps this bus apart from those of other namespaces and of none, although they share the broker and the names of topics
     * and groups: no events, groups, backlogs or dead letters of theirs are seen here, nor those of this bus there. The
     * application's own names stay as they are; what the broker calls them begins with the namespace. Rights are the
     * broker's matter. By default none.
     *
     * @param name 1 to 200 characters; with the topic's, as many as the broker's names have room for
     * @return this
     */
    public EventBusBuilder namespace(String name) {
        namespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The topic to publish to and to subscribe on. Required.
     *
     * @param name 1 to 200 characters
     * @return this
     */
    public EventBusBuilder topic(String name) {
        topic = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The group whose members share the work. Needed for subscriptions that are not ephemeral.
     *
     * @param name 1 to 200 characters
     * @return this
     */
    public EventBusBuilder group(String name) {
        group = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The name of this bus among the members of its group, unique there. By default a random one.
     *
     * @param name 1 to 200 characters
     * @return this
     */
    public EventBusBuilder member(String name) {
        member = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The CloudEvents source of what is published. By default the topic.
     *
     * @param uriReference what the events come from
     * @return this
     */
    public EventBusBuilder source(String uriReference) {
        source = Objects.requireNonNull(uriReference, "uriReference");
        return this;
    }

    /**
     * Registers annotated classes.
     *
     * @param payloadTypes classes with {@link EventType}
     * @return this
     * @throws ConfigurationException naming a class without annotation
     */
    public EventBusBuilder events(Class<?>... payloadTypes) {
        for (Class<?> payloadType : payloadTypes) {
            definitions.add(EventDefinition.of(payloadType));
        }
        return this;
    }

    /**
     * Registers classes without annotations.
     *
     * @param eventDefinitions one for each class
     * @return this
     */
    public EventBusBuilder events(EventDefinition<?>... eventDefinitions) {
        definitions.addAll(List.of(eventDefinitions));
        return this;
    }

    /**
     * Registers all events of a registry.
     *
     * @param registry the events
     * @return this
     */
    public EventBusBuilder events(EventRegistry registry) {
        definitions.addAll(registry.definitions());
        return this;
    }

    /**
     * How payloads become bytes. By default {@link JsonCodec}.
     *
     * @param eventCodec for all registered events
     * @return this
     */
    public EventBusBuilder codec(EventCodec eventCodec) {
        codec = Objects.requireNonNull(eventCodec, "eventCodec");
        return this;
    }

    /**
     * The retry policy of subscriptions without one of their own. By default {@link RetryPolicy#defaults()}.
     *
     * @param policy the policy
     * @return this
     */
    public EventBusBuilder retry(RetryPolicy policy) {
        retry = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * How many handlers run at once in the group, and in each ephemeral subscription.
     *
     * @param handlers 1 or more; {@value #DEFAULT_HANDLER_CONCURRENCY} by default
     * @return this
     */
    public EventBusBuilder handlerConcurrency(int handlers) {
        handlerConcurrency = positive(handlers, "handlerConcurrency");
        return this;
    }

    /**
     * How many deliveries are held at once in the group, and in each ephemeral subscription: bounds memory.
     *
     * @param deliveries 1 or more; {@value #DEFAULT_MAX_IN_FLIGHT} by default
     * @return this
     */
    public EventBusBuilder maxInFlight(int deliveries) {
        maxInFlight = positive(deliveries, "maxInFlight");
        return this;
    }

    /**
     * After how many deliveries an event that is never settled, since it takes down every member that it meets, goes to
     * the dead letters. Once it was delivered more than half as often, and at least twice, its member takes no other beside
     * it, for at most 5 s, so that it takes no other with it; with 1, whatever a member had when it died is a dead letter.
     * RabbitMQ counts also what members hand back that close in order.
     * Where the transport lacks {@link Capability#DELIVERY_COUNT}, {@link #build()} refuses this setting, and without it there
     * is no bound.
     *
     * @param deliveries 1 or more; {@value #DEFAULT_MAX_DELIVERIES} by default, where the transport counts deliveries
     * @return this
     */
    public EventBusBuilder maxDeliveries(int deliveries) {
        maxDeliveries = positive(deliveries, "maxDeliveries");
        required.add(Capability.DELIVERY_COUNT);
        return this;
    }

    /**
     * How many publishes may be open at once; a further one waits for room.
     *
     * @param publishes 1 or more; {@value #DEFAULT_MAX_PUBLISHES_IN_FLIGHT} by default
     * @return this
     */
    public EventBusBuilder maxPublishesInFlight(int publishes) {
        maxPublishesInFlight = positive(publishes, "maxPublishesInFlight");
        return this;
    }

    /**
     * Within which every publish completes, well or not, that of a list as a whole.
     *
     * @param timeout above zero; 30 s by default
     * @return this
     */
    public EventBusBuilder publishTimeout(Duration timeout) {
        publishTimeout = TimeSpans.positive(timeout, "publishTimeout");
        return this;
    }

    /**
     * Within which connecting succeeds or fails.
     *
     * @param timeout above zero; 10 s by default
     * @return this
     */
    public EventBusBuilder openTimeout(Duration timeout) {
        openTimeout = TimeSpans.positive(timeout, "openTimeout");
        return this;
    }

    /**
     * Within which closing ends, all phases together.
     *
     * @param timeout zero (do not wait for running handlers) or more; 30 s by default
     * @return this
     */
    public EventBusBuilder closeTimeout(Duration timeout) {
        closeTimeout = TimeSpans.notNegative(timeout, "closeTimeout");
        return this;
    }

    /**
     * Closes the bus when the JVM goes down in order: on SIGTERM, on {@link System#exit}, when the last thread that is no daemon
     * has ended. Its shutdown waits for {@link EventBus#close}, so a handler must not wait for the shutdown: one that calls {@code
     * System.exit} is waited for until the close time-out is over. Hooks of the JVM run side by side, so logging that ends in a
     * hook of its own may not have the bus's last lines; let it end by other means, or close the bus in that same hook before.
     *
     * @return this
     */
    public EventBusBuilder closeOnJvmShutdown() {
        closeOnJvmShutdown = true;
        return this;
    }

    /**
     * The pauses before a lost session is opened again: the first, doubling to the longest, made up to half shorter at
     * random so that many buses do not come back at once.
     *
     * @param delay above zero; 100 ms by default
     * @param maxDelay at least {@code delay}; 10 s by default
     * @return this
     */
    public EventBusBuilder reconnectBackoff(Duration delay, Duration maxDelay) {
        TimeSpans.positive(delay, "delay");
        TimeSpans.positive(maxDelay, "maxDelay");
        if (maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException("maxDelay is " + maxDelay + "; expected at least delay " + delay);
        }
        reconnectDelay = delay;
        reconnectMaxDelay = maxDelay;
        return this;
    }

    /**
     * Where a new group begins. A group that exists goes on where it stood.
     *
     * @param start {@link StartFrom#LATEST} by default
     * @return this
     */
    public EventBusBuilder startFrom(StartFrom start) {
        startFrom = Objects.requireNonNull(start, "start");
        return this;
    }

    /**
     * How far the order of a key reaches.
     *
     * @param reach {@link Ordering#KEY} by default
     * @return this
     */
    public EventBusBuilder ordering(Ordering reach) {
        ordering = Objects.requireNonNull(reach, "reach");
        return this;
    }

    /**
     * What becomes of events that a subscription selects and the registry does not know.
     *
     * @param policy {@link UnknownTypePolicy#DEAD_LETTER} by default
     * @return this
     */
    public EventBusBuilder unknownTypes(UnknownTypePolicy policy) {
        unknownTypes = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Who hears of errors that no caller is told. They are logged in any case.
     *
     * @param listener the listener
     * @return this
     */
    public EventBusBuilder onError(ErrorListener listener) {
        errorListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Who hears when the health of the running bus changes between up and down: when the broker is lost, and when it is back.
     *
     * @param listener the listener
     * @return this
     */
    public EventBusBuilder onHealth(HealthListener listener) {
        healthListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * What the transport must be able to do, whatever the URL says.
     *
     * @param capabilities refused by {@link #build()} if the transport lacks one
     * @return this
     */
    public EventBusBuilder require(Capability... capabilities) {
        required.addAll(List.of(capabilities));
        return this;
    }

    /**
     * Validates everything and makes the bus. Connects to nothing and starts no thread.
     *
     * @return a bus to {@link EventBus#start()}
     * @throws ConfigurationException naming every problem with options, names and registered events; before that alone, if the
     *     URL is malformed or does not lead to just one transport; after that alone, if the transport refuses the rest, or declares
     *     a hold limit that is not above zero or longer than can be counted
     * @throws UnsupportedCapabilityException if the transport cannot do something that is required
     */
    public EventBus build() {
        BrokerUrl brokerUrl = brokerUrl();
        TransportProvider chosen = choose(brokerUrl);
        BusConfig config = config(
                chosen, brokerUrl == null ? BrokerUrl.parse(chosen.defaultUrl().toString()) : brokerUrl);
        Transport transport = create(chosen, config.transport());
        required().forEach(capability -> require(transport, chosen, capability));
        transport.holdLimit().ifPresent(limit -> requirePossible(limit, chosen));
        return engine.apply(config, transport);
    }

    /** Lets tests of the conformance kit put broken parts into the engine. */
    EventBusBuilder engine(BiFunction<BusConfig, Transport, EventBus> constructor) {
        engine = constructor;
        return this;
    }

    /** Lets tests of the conformance kit break the check of options. */
    EventBusBuilder transportOptions(TransportOptions check) {
        transportOptions = check;
        return this;
    }

    private @Nullable BrokerUrl brokerUrl() {
        if (url != null) {
            return BrokerUrl.parse(url);
        }
        String variable = System.getenv("EVENTBUS_URL");
        return variable == null || variable.isEmpty() ? null : BrokerUrl.parse(variable);
    }

    private TransportProvider choose(@Nullable BrokerUrl brokerUrl) {
        Providers providers = provider == null ? Providers.discover() : Providers.of(provider);
        return brokerUrl == null ? providers.only() : providers.forScheme(brokerUrl.scheme());
    }

    private BusConfig config(TransportProvider chosen, BrokerUrl brokerUrl) {
        List<String> problems = new ArrayList<>();
        Map<String, String> given = new HashMap<>(brokerUrl.options(chosen.name(), problems));
        given.putAll(options);
        Map<String, String> complete = transportOptions.complete(chosen, given, problems);
        if (namespace != null) {
            Names.check("namespace", namespace).ifPresent(problems::add);
        }
        String topicName = topic == null ? "" : topic;
        Names.check("topic", topicName).ifPresent(problems::add);
        String memberName = member == null ? UUID.randomUUID().toString() : member;
        Names.check("member", memberName).ifPresent(problems::add);
        if (group != null) {
            Names.check("group", group).ifPresent(problems::add);
        }
        EventRegistry registry = registry(problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new BusConfig(
                new TransportConfig(brokerUrl.address(), complete, openTimeout, "eventbus-" + topicName),
                namespace,
                topicName,
                group,
                memberName,
                source == null ? topicName : source,
                registry,
                codec,
                retry,
                handlerConcurrency,
                maxInFlight,
                maxDeliveries,
                maxPublishesInFlight,
                publishTimeout,
                openTimeout,
                closeTimeout,
                closeOnJvmShutdown,
                reconnectDelay,
                reconnectMaxDelay,
                startFrom,
                ordering,
                unknownTypes,
                errorListener,
                healthListener);
    }

    /** An empty one if there are problems. */
    private EventRegistry registry(List<String> problems) {
        try {
            return EventRegistry.of(definitions);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return EventRegistry.of(List.of());
        }
    }

    private static Transport create(TransportProvider chosen, TransportConfig config) {
        try {
            return chosen.create(config);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    List.of("the transport " + chosen.name() + " cannot use this configuration: " + e.getMessage()));
        }
    }

    private Set<Capability> required() {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(required);
        if (startFrom == StartFrom.EARLIEST) {
            all.add(Capability.RETAINED);
        }
        if (ordering == Ordering.KEY_ACROSS_MEMBERS) {
            all.add(Capability.GROUP_KEY_ORDER);
        }
        return all;
    }

    private static void require(Transport transport, TransportProvider chosen, Capability capability) {
        if (!transport.capabilities().contains(capability)) {
            throw new UnsupportedCapabilityException(
                    capability,
                    "the transport " + chosen.name() + " lacks " + capability + "; it has " + transport.capabilities());
        }
    }

    /** Without it the thread that receives would find out, and whoever built the bus would not hear of it. */
    private static void requirePossible(Duration holdLimit, TransportProvider chosen) {
        try {
            TimeSpans.positive(holdLimit, "the hold limit of the transport " + chosen.name());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(e.getMessage()));
        }
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; expected 1 or more");
        }
        return value;
    }
}
