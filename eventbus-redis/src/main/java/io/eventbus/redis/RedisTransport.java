package io.eventbus.redis;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** Opens sessions, each with connections of its own. */
final class RedisTransport implements Transport {

    private static final int MAX_HEADERS = 64 * 1024;
    private static final int MAX_HEADER_NAME = 200;
    private static final int MAX_ROUTING_KEY = 255;

    private final RedisUrl url;
    private final Connector connector;
    private final RedisErrors errors;
    private final RedisNames names;
    private final Duration lease;
    private final Trimming trimming;
    private final Limits limits;

    private final Map<Group, GroupMemory> memories = new ConcurrentHashMap<>();

    RedisTransport(TransportConfig config) {
        this.url = RedisUrl.parse(config.url(), config.text(RedisTransportProvider.DATABASE));
        this.connector = new Connector(url, config);
        this.errors = new RedisErrors(url);
        this.names = new RedisNames(config.text(RedisTransportProvider.PREFIX));
        this.lease = RedisTransportProvider.lease(config);
        this.trimming = Trimming.parse(config.text(RedisTransportProvider.MAX_LENGTH));
        this.limits = new Limits(
                config.integer(RedisTransportProvider.MAX_PAYLOAD), MAX_HEADERS, MAX_HEADER_NAME, MAX_ROUTING_KEY);
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(Capability.DURABLE, Capability.DELIVERY_COUNT);
        if (!trimming.isOn()) {
            capabilities.add(Capability.RETAINED);
        }
        return capabilities;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Sender openSender() {
        return open("cannot open a session", () -> {
            RedisLink link = connector.open(Deadline.in(connector.limit()));
            return new RedisSender(link, this, names, errors);
        });
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        return open("cannot " + spec.purpose(), () -> {
            Deadline deadline = Deadline.in(connector.limit());
            String key = names.stream(spec.group().topic());
            RedisLink link = connector.openFor(key, deadline);
            try {
                return spec.ephemeral()
                        ? ephemeral(link, key, deadline)
                        : member(link, key, spec, revocations, deadline);
            } catch (IOException | RuntimeException e) {
                link.close();
                throw e;
            }
        });
    }

    @Override
    public TransportAdmin admin() {
        return new RedisAdmin(this, names, errors, lease.plus(GroupCommands.READ_WAIT));
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        if (nativeType == JedisClientConfig.class) {
            return Optional.of(nativeType.cast(connector.clientConfig()));
        }
        return nativeType == HostAndPort.class && url.path() == null
                ? Optional.of(nativeType.cast(url.node()))
                : Optional.empty();
    }

    @Override
    public void close() {
        connector.cutAll();
    }

    /** What is sent by a connection. */
    Outbox outbox(RedisLink link) {
        return new Outbox(link, trimming, connector.answerLimit(), errors);
    }

    /** The connection itself or another one, to the node that has a key. */
    RedisLink route(RedisLink link, String key) throws IOException {
        return connector.route(link, key, Deadline.in(connector.limit()));
    }

    /** Opens a connection to the node that has a key and asks something; a session gets the connection with it. */
    <T> T open(String what, String key, Question<T> question) {
        return open(what, () -> {
            Deadline deadline = Deadline.in(connector.limit());
            RedisLink link = connector.openFor(key, deadline);
            try {
                return question.ask(link, deadline);
            } catch (RuntimeException e) {
                link.close();
                throw e;
            }
        });
    }

    /** Opens a connection to the node that has a key, asks something and closes it. */
    <T> T ask(String what, String key, Question<T> question) {
        return open(what, key, (link, deadline) -> {
            T answer = question.ask(link, deadline);
            link.close();
            return answer;
        });
    }

    /** Goes to the URL's address and back. */
    void ping() {
        open("cannot reach Redis", () -> {
            connector.open(Deadline.in(connector.limit())).close();
            return true;
        });
    }

    private Receiver member(
            RedisLink control, String key, ReceiverSpec spec, Revocations revocations, Deadline deadline)
            throws IOException {
        Group group = spec.group();
        GroupCommands commands = new GroupCommands(control, key, group, spec.member(), lease);
        GroupMemory memory = memories.computeIfAbsent(group, any -> new GroupMemory());
        memory.join(commands, spec.startFrom(), deadline);
        commands.tidy(lease.plus(GroupCommands.READ_WAIT.multipliedBy(2)), deadline);
        RedisLink reader = connector.open(control.node(), deadline);
        BlockedRead read = new BlockedRead(reader, GroupCommands.READ_WAIT, connector.answerLimit(), commands::readNew);
        return new RedisReceiver(control, read, commands, revocations, memory, errors, group);
    }

    private Receiver ephemeral(RedisLink link, String key, Deadline deadline) {
        String last = EphemeralReceiver.lastId(link, key, deadline);
        return new EphemeralReceiver(link, connector.answerLimit(), key, last, errors);
    }

    private <T> T open(String what, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException | JedisException e) {
            throw errors.failed(what, e);
        }
    }

    /** What is opened. */
    private interface Opening<T> {
        T open() throws IOException;
    }

    /** What is asked on a connection. */
    interface Question<T> {
        T ask(RedisLink link, Deadline deadline);
    }
}
