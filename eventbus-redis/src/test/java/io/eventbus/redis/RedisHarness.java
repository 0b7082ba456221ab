package io.eventbus.redis;

import io.eventbus.brokers.Control;
import io.eventbus.brokers.RedisBroker;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the kit the Redis that the tests share, with a user who has no more rights than the transport needs; or the one at
 * a given URL as it is.
 */
public final class RedisHarness implements TransportHarness {

    private static final Duration LEASE_TIME = Duration.ofSeconds(3);

    private static final Map<String, String> LEASE = Map.of("redis.lease", LEASE_TIME.toSeconds() + "s");

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
        return new RedisEnvironment(broker, broker.can(Control.ADMINISTER) ? RestrictedUser.create(broker) : null);
    }

    @Override
    public Optional<Environment> startAlone() {
        return Optional.of(new LoneEnvironment(RedisBroker.launch()));
    }

    /** A Redis for one test, which may kill it. */
    private record LoneEnvironment(RedisBroker broker) implements Environment {

        @Override
        public String url() {
            return broker.url().toString();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(broker.host(), broker.port()));
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
        public Optional<BrokerControl> control() {
            return Optional.of(BrokerControl.of(broker::kill, broker::start));
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private record RedisEnvironment(
            RedisBroker broker, @Nullable RestrictedUser user) implements Environment {

        @Override
        public String url() {
            return (user == null ? broker.url() : user.url()).toString();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(broker.host(), broker.port()));
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
        public Optional<Set<String>> residents() {
            return broker.can(Control.ADMINISTER) ? Optional.of(list()) : Optional.empty();
        }

        @Override
        public void close() {
            if (user != null) {
                user.close();
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
