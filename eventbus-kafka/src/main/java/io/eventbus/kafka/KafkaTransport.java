package io.eventbus.kafka;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/** Opens sessions, each with a client of its own, and shares one admin client among them. */
final class KafkaTransport implements Transport {

    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_HEADER_NAME = 1024;
    private static final int MAX_ROUTING_KEY = 1024;

    private final ClientSettings settings;
    private final Clients clients;
    private final Topics topics;
    private final KafkaErrors errors;
    private final Limits limits;
    private final MetadataLimit metadataLimit = new MetadataLimit();
    private final Set<Cuttable> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Group> begun = ConcurrentHashMap.newKeySet();
    private @Nullable Admin admin;
    private boolean closed;

    KafkaTransport(TransportConfig config) {
        KafkaUrl url = KafkaUrl.parse(config.url());
        this.settings = new ClientSettings(url, config);
        this.clients = new Clients(settings);
        this.topics = new Topics(config, settings.maxRecord(), settings.maxDeadLetter());
        this.errors = new KafkaErrors(url);
        this.limits = new Limits(
                config.integer(KafkaTransportProvider.MAX_PAYLOAD), MAX_HEADERS, MAX_HEADER_NAME, MAX_ROUTING_KEY);
    }

    /** A session that can be cut from outside, so that a call that is stuck in it returns. */
    interface Cuttable {
        void cut();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.values());
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Sender openSender() {
        String what = "cannot open a session";
        inquiry(what).ask(asked -> asked.describeCluster().clusterId());
        return open(what, () -> KafkaSender.open(this));
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        String what = "cannot " + spec.purpose();
        Inquiry inquiry = inquiry(what);
        return open(what, () -> KafkaReceiver.open(this, spec, revocations, inquiry));
    }

    @Override
    public TransportAdmin admin() {
        return new KafkaAdmin(this);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        return nativeType == Admin.class
                ? Optional.of(nativeType.cast(sharedAdmin("cannot reach Kafka")))
                : Optional.empty();
    }

    @Override
    public void close() {
        Admin last;
        synchronized (this) {
            closed = true;
            last = admin;
            admin = null;
        }
        sessions.forEach(Cuttable::cut);
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }

    ClientSettings settings() {
        return settings;
    }

    Clients clients() {
        return clients;
    }

    Topics topics() {
        return topics;
    }

    KafkaErrors errors() {
        return errors;
    }

    /** What the broker takes with a commit, as far as a session has learned it. */
    MetadataLimit metadataLimit() {
        return metadataLimit;
    }

    /** Begins to ask the broker something that may take as long as opening a session. */
    Inquiry inquiry(String what) {
        long end = System.nanoTime() + settings.openTimeout().toNanos(); // making the client counts
        return new Inquiry(sharedAdmin(what), errors, what, end);
    }

    /** The pulse of a session. */
    <T> Pulse<T> pulse(Function<Admin, KafkaFuture<T>> question) {
        Admin shared = sharedAdmin("cannot ask the broker");
        return new Pulse<>(() -> question.apply(shared), settings.session(), errors);
    }

    /** A member of the group has joined. */
    void began(Group group) {
        begun.add(group);
    }

    /**
     * Where a group begins that has no place in its topic: one that had a place lost it with the topic, and misses nothing of
     * the next one of that name.
     */
    StartFrom startOf(ReceiverSpec spec) {
        return begun.contains(spec.group()) ? StartFrom.EARLIEST : spec.startFrom();
    }

    /** From now on closing the transport cuts this session, also while it is being opened. */
    void remember(Cuttable session) {
        sessions.add(session);
    }

    /** A session that has ended cannot be cut any more. */
    void forget(Cuttable session) {
        sessions.remove(session);
    }

    private <S> S open(String what, Supplier<S> opening) {
        try {
            return opening.get();
        } catch (KafkaException e) {
            throw errors.failed(what, e);
        }
    }

    private synchronized Admin sharedAdmin(String what) {
        if (closed) {
            throw errors.failure(Kind.UNAVAILABLE, Outcome.NOT_ACCEPTED, what, "the transport is closed");
        }
        Admin shared = admin;
        if (shared == null) {
            try {
                shared = clients.admin();
            } catch (KafkaException e) {
                throw errors.failed(what, e);
            }
            admin = shared;
        }
        return shared;
    }
}
