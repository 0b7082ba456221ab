package io.eventbus.redis;

import io.eventbus.brokers.Control;
import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Group;
import io.eventbus.tck.Blockade;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Removal;
import io.eventbus.tck.SecureAccess;
import io.eventbus.tck.TransportHarness;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the kit the Redis that the tests share, with a user who has no more rights than the transport needs; or the one at
 * a given URL as it is.
 */
public final class RedisHarness implements TransportHarness {

    /** Two thirds of it, which are as long as an answer may take, have to do for the largest message on a busy machine. */
    private static final Duration LEASE_TIME = Duration.ofSeconds(5);

    private static final Map<String, String> LEASE = Map.of("redis.lease", LEASE_TIME.toSeconds() + "s");
    private static final Map<String, String> ANSWERS = Map.of("redis.answer-timeout", "2s");

    /** An idle publisher asks after a third of the time for an answer, and looks at the clock once a second. */
    private static final Duration DETECTION = Duration.ofSeconds(4);

    /** The lease, and a second until somebody looks for what was left. */
    private static final Duration TAKEOVER = LEASE_TIME.plusSeconds(1);

    @Override
    public String transport() {
        return "redis";
    }

    @Override
    public Set<String> clientPackages() {
        return Set.of("redis.clients");
    }

    @Override
    public Environment start() {
        RedisBroker broker = RedisBroker.shared();
        return broker.can(Control.ADMINISTER)
                ? new RedisEnvironment(broker, false, RestrictedUser.create(broker), stranger(broker))
                : new RedisEnvironment(broker, false, null, null);
    }

    @Override
    public Optional<Environment> startAlone() {
        RedisBroker broker = RedisBroker.launch();
        return Optional.of(new RedisEnvironment(broker, true, null, stranger(broker)));
    }

    private static RestrictedUser stranger(RedisBroker broker) {
        return RestrictedUser.create(broker, RestrictedUser.COMMANDS, "~elsewhere:*");
    }

    private record RedisRemoval(RedisBroker broker) implements Removal {

        private static final RedisNames NAMES = new RedisNames("eventbus");

        @Override
        public Set<Part> healed() {
            return EnumSet.allOf(Part.class);
        }

        @Override
        public void group(Group group) {
            broker.cli("XGROUP", "DESTROY", NAMES.stream(group.topic()), group.name());
        }

        @Override
        public void topic(String topic) {
            broker.cli("DEL", NAMES.stream(topic));
        }

        @Override
        public void deadLetters(Group group) {
            broker.cli("DEL", NAMES.deadLetters(group));
        }
    }

    /**
     * @param alone whether one test has the broker for itself, and may kill it; Redis forgets its users when it is started again,
     *     so the bus comes there as the user that has a right to everything
     */
    private record RedisEnvironment(
            RedisBroker broker,
            boolean alone,
            @Nullable RestrictedUser user,
            @Nullable RestrictedUser stranger) implements Environment {

        @Override
        public String url() {
            return (user == null ? broker.url() : user.url()).toString();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(broker.host(), broker.port()));
        }

        @Override
        public Optional<SecureAccess> secured(String host, int port, Path trusted) {
            String secured = url(host, port).replaceFirst("^redis:", RedisUrl.TLS_SCHEME + ":");
            return Optional.of(
                    new SecureAccess(secured, Map.of(RedisTransportProvider.TRUSTED.name(), trusted.toString())));
        }

        @Override
        public Map<String, String> options() {
            return LEASE;
        }

        @Override
        public Duration lease() {
            return LEASE_TIME;
        }

        @Override
        public Map<String, String> attentiveOptions() {
            return ANSWERS;
        }

        @Override
        public Duration detectionTime() {
            return DETECTION;
        }

        @Override
        public Duration takeoverTime() {
            return TAKEOVER;
        }

        @Override
        public Optional<Set<String>> residents() {
            return broker.can(Control.ADMINISTER) ? Optional.of(list()) : Optional.empty();
        }

        @Override
        public Optional<BrokerControl> control() {
            return alone
                    ? Optional.of(BrokerControl.of(
                            broker::kill, broker::start, BrokerControl.Pause.of(broker::freeze, broker::thaw)))
                    : Optional.empty();
        }

        @Override
        public Optional<Blockade> blockade() {
            return alone ? Optional.of(Blockade.of(() -> maxMemory("1"), () -> maxMemory("0"))) : Optional.empty();
        }

        private void maxMemory(String bytes) {
            broker.cli("CONFIG", "SET", "maxmemory", bytes);
        }

        /** Redis without a password takes any for its own user. */
        @Override
        public Optional<String> wrongLogin() {
            return alone
                    ? Optional.of(url().replace("://", "://nobody:wrong-password@"))
                    : Environment.super.wrongLogin();
        }

        @Override
        public Optional<String> loginWithoutRights() {
            return Optional.ofNullable(stranger).map(RestrictedUser::url).map(URI::toString);
        }

        @Override
        public Optional<Removal> removal() {
            return broker.can(Control.ADMINISTER) ? Optional.of(new RedisRemoval(broker)) : Optional.empty();
        }

        @Override
        public void close() {
            if (alone) {
                broker.close();
            } else {
                Stream.of(user, stranger).filter(Objects::nonNull).forEach(RestrictedUser::close);
            }
        }

        /** Keys, groups and their members. */
        private Set<String> list() {
            Set<String> residents = new HashSet<>();
            broker.cli("--scan").lines().forEach(key -> {
                residents.add(key);
                groups(key).lines().forEach(line -> residents.add(key + " " + line));
            });
            return residents;
        }

        private String groups(String key) {
            String names = """
                    local names = {}
                    for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
                      names[#names + 1] = group[2]
                      for _, member in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], group[2])) do
                        names[#names + 1] = group[2] .. ' ' .. member[2]
                      end
                    end
                    return names
                    """;
            return broker.cli("EVAL", names, "1", key);
        }
    }
}
