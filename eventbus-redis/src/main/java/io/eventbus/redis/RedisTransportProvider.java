package io.eventbus.redis;

import com.google.auto.service.AutoService;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TlsTrust;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The way to Redis. Stateless and thread-safe.
 *
 * <p>The URL is {@code redis://user:password@host:port/database}, the same with {@code rediss}, or {@code
 * unix:/path/of/the.sock}, with a login {@code unix://user:password@/path/of/the.sock}. Without a login none is made;
 * {@code :password@} is the default user's. The port is 6379, the database 0. {@code rediss} checks the broker's
 * certificate, against the JVM's trust store or a file of {@code redis.trusted-certificates}, and the host name. Of a cluster the URL names any node.
 *
 * <p>{@link Transport#unwrap} yields {@code redis.clients.jedis.HostAndPort}, unless the URL is a path, and {@code
 * redis.clients.jedis.JedisClientConfig}, with the password in it: enough to make a client of one's own.
 */
@AutoService(TransportProvider.class)
public final class RedisTransportProvider implements TransportProvider {

    static final OptionDescriptor PREFIX =
            OptionDescriptor.text("redis.prefix", "eventbus", "what the names of all keys begin with");
    static final OptionDescriptor DATABASE = OptionDescriptor.text(
            "redis.database", "", "the number of the database, where the URL does not name it; by default 0");
    static final OptionDescriptor LEASE = OptionDescriptor.duration(
            "redis.lease",
            "15s",
            "after how long without a sign of life the deliveries of a member go to others; at least 2s");
    static final OptionDescriptor ANSWER_TIMEOUT = OptionDescriptor.duration(
            "redis.answer-timeout",
            "10s",
            "how long Redis may be silent when it was asked something, until the session is over, at least 100ms; two thirds"
                    + " of redis.lease if that is less; an idle sender asks three times as often");
    static final OptionDescriptor MAX_LENGTH = OptionDescriptor.text(
            "redis.max-length",
            "unlimited",
            "how many events a topic keeps: when it is full, those that every group has settled are removed, and when that"
                    + " is not enough, publishing is refused");
    static final OptionDescriptor MAX_PAYLOAD = OptionDescriptor.integer(
            "redis.max-payload",
            16 * 1024 * 1024,
            "the largest payload in bytes; not above the broker's own proto-max-bulk-len");

    static final OptionDescriptor TRUSTED = TlsTrust.option("redis.trusted-certificates");

    private static final Duration MIN_LEASE = Duration.ofSeconds(2);
    private static final Duration MIN_ANSWER_TIMEOUT = Duration.ofMillis(100);

    /** Makes a provider. It does nothing until it is asked. */
    public RedisTransportProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Set<String> schemes() {
        return Set.of(RedisUrl.SCHEME, RedisUrl.TLS_SCHEME, RedisUrl.PATH_SCHEME);
    }

    @Override
    public URI defaultUrl() {
        return URI.create("redis://localhost:6379");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(PREFIX, DATABASE, LEASE, ANSWER_TIMEOUT, MAX_LENGTH, MAX_PAYLOAD, TRUSTED);
    }

    @Override
    public Transport create(TransportConfig config) {
        return new RedisTransport(config);
    }

    /** Leases are renewed twice a second, and a lease has to outlive a wait for an answer besides. */
    static Duration lease(TransportConfig config) {
        Duration lease = config.duration(LEASE);
        if (lease.compareTo(MIN_LEASE) < 0) {
            throw new IllegalArgumentException(LEASE.name() + " is " + lease.toMillis()
                    + "ms; expected 2s or more, since it is renewed twice a second");
        }
        return lease;
    }

    /**
     * Whoever waits for an answer renews no lease meanwhile; so no single wait takes all of one, whatever the options say. Several
     * that are slow, one after the other, may.
     */
    static Duration answerTimeout(TransportConfig config) {
        Duration wanted = config.duration(ANSWER_TIMEOUT);
        if (wanted.compareTo(MIN_ANSWER_TIMEOUT) < 0) {
            throw new IllegalArgumentException(ANSWER_TIMEOUT.name() + " is " + wanted.toMillis()
                    + "ms; expected 100ms or more, since an answer takes time");
        }
        Duration most = lease(config).multipliedBy(2).dividedBy(3);
        return wanted.compareTo(most) < 0 ? wanted : most;
    }
}
