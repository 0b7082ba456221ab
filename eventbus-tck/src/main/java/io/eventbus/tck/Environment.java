package io.eventbus.tck;

import io.eventbus.tck.net.TcpProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A broker, ready for tests that run side by side under names of their own. Thread-safe. */
public interface Environment extends AutoCloseable {

    /** {@return the broker's URL as an application writes it, credentials included} */
    String url();

    /**
     * Where the broker listens.
     *
     * @return its address, or empty for a transport without network; the kit then skips what needs one as not applicable
     */
    Optional<InetSocketAddress> address();

    /**
     * Starts a proxy in front of the broker, for one bus or one test.
     *
     * @return by default one on a random port; a broker that tells its clients where to connect needs one at an address that
     *     it tells. Closed by the kit
     * @throws IllegalStateException if the transport has no network
     */
    default TcpProxy proxy() {
        InetSocketAddress broker =
                address().orElseThrow(() -> new IllegalStateException("no proxy without a network: " + url()));
        return TcpProxy.start(broker.getHostString(), broker.getPort());
    }

    /**
     * The broker's URL by way of a proxy.
     *
     * @param host the proxy's host
     * @param port the proxy's port
     * @return by default {@link #url()} with this host and port in place of its own
     */
    default String url(String host, int port) {
        URI url = URI.create(url());
        String userInfo = url.getRawUserInfo() == null ? "" : url.getRawUserInfo() + "@";
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + userInfo + host + ":" + port + path;
    }

    /**
     * How an application reaches the broker by TLS that ends at a {@link TcpProxy} in front of it.
     *
     * @param host the proxy's host
     * @param port the proxy's port
     * @param trusted a file with the certificates that the application trusts, in PEM, and no others
     * @return its URL and options; empty if the harness does not know
     */
    default Optional<SecureAccess> secured(String host, int port, Path trusted) {
        return Optional.empty();
    }

    /**
     * Options that make leases, heartbeats and session time-outs small.
     *
     * @return by the options' full names; by default none
     */
    default Map<String, String> options() {
        return Map.of();
    }

    /**
     * How long the broker waits for a sign of life before it gives what a member holds to another, as {@link #options} have
     * it: the longest of leases and session time-outs.
     *
     * @return by default zero, for a broker that waits for nothing but the end of a connection
     */
    default Duration lease() {
        return Duration.ZERO;
    }

    /**
     * How long after a member began to leave, its handlers soon at their ends, another has what it handed back.
     *
     * @return by default 2 s, which is what the bus promises where the broker tells the others at once
     */
    default Duration handOver() {
        return Duration.ofSeconds(2);
    }

    /**
     * Further options, for the few buses that have to notice soon that the broker has fallen silent. So small a time may take a
     * busy machine for a silent one, so other buses do without.
     *
     * @return by the options' full names; by default none
     */
    default Map<String, String> attentiveOptions() {
        return Map.of();
    }

    /**
     * Further options, for the few buses that are to hold something for longer than the broker lets them: they make the limit that
     * the transport declares a few seconds. Other buses do without, as a busy machine may take that long for anything.
     *
     * @return by the options' full names; by default none, for a transport that declares no limit
     */
    default Map<String, String> hastyOptions() {
        return Map.of();
    }

    /**
     * How long it takes at most until a bus with {@link #options} and {@link #attentiveOptions} has noticed that the broker is
     * silent or gone.
     *
     * @return the detection time that the transport declares for these options; by default 10 s
     */
    default Duration detectionTime() {
        return Duration.ofSeconds(10);
    }

    /**
     * How long it takes at most, with {@link #options}, until others get what a member had that died without goodbye.
     *
     * @return the takeover time that the transport declares for these options; by default 10 s
     */
    default Duration takeoverTime() {
        return Duration.ofSeconds(10);
    }

    /**
     * What the broker's own tools list: queues, streams, topics, groups.
     *
     * @return their names now, or empty if the harness has no way to ask
     */
    default Optional<Set<String>> residents() {
        return Optional.empty();
    }

    /**
     * What may be done to the broker.
     *
     * @return empty if tests may only use it, as when they share it
     */
    default Optional<BrokerControl> control() {
        return Optional.empty();
    }

    /**
     * The broker's URL with a login that it refuses.
     *
     * @return by default {@link #url()} with another password, or empty if it has none; the kit then asks for a broker for one
     *     test alone, and for its login
     */
    default Optional<String> wrongLogin() {
        String userInfo = URI.create(url()).getRawUserInfo();
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(url().replace(userInfo + "@", userInfo.substring(0, colon) + ":wrong-password@"));
    }

    /**
     * The broker's URL with the login of a user who may connect, and has no right to publish or to subscribe anywhere.
     *
     * @return by default empty: there is no such user here; the kit then asks for a broker for one test alone, and for its user
     */
    default Optional<String> loginWithoutRights() {
        return Optional.empty();
    }

    /**
     * What may be removed from the broker.
     *
     * @return empty if the harness has no way to do that, or there is nothing that anybody but the bus could remove
     */
    default Optional<Removal> removal() {
        return Optional.empty();
    }

    /**
     * What makes the broker take nothing more.
     *
     * @return empty if tests share the broker, or the harness has no way to do that
     */
    default Optional<Blockade> blockade() {
        return Optional.empty();
    }

    /** Lets the broker go. */
    @Override
    void close();
}
