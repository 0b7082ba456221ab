package io.eventbus.tck.net;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The places of proxies that a broker knows beforehand, since it sends the clients of each of its listeners back to one: such as a
 * Kafka with as many listeners as there may be proxies at once. Thread-safe.
 *
 * <p>A place is given again as late as can be: while this JVM starts a child, that child has the sockets of the JVM for a moment, and
 * a port that was just closed cannot be listened on.
 */
public final class ProxyPlaces {

    /**
     * One listener of the broker.
     *
     * @param advertisedPort where the broker sends its clients, and where a proxy listens, on 127.0.0.1
     * @param port where the listener itself is
     */
    public record Place(int advertisedPort, int port) {}

    private final String host;
    private final Queue<Place> unused;

    /** Those that were given, in that order. */
    private final Map<Place, TcpProxy> given = new LinkedHashMap<>();

    /**
     * Makes them, none in use.
     *
     * @param host where the broker's listeners are
     * @param places one for each listener
     */
    public ProxyPlaces(String host, List<Place> places) {
        this.host = host;
        this.unused = new ArrayDeque<>(places);
    }

    /**
     * Starts a proxy at a place that no open one has.
     *
     * @return the proxy, with the listener of its place as its target; the caller closes it
     * @throws IllegalStateException if all places have open proxies
     * @throws UncheckedIOException if another program has the port
     */
    public synchronized TcpProxy open() {
        Place place = unused.isEmpty() ? givenLongestAgo() : unused.remove();
        TcpProxy proxy = TcpProxy.startAt(place.advertisedPort());
        proxy.target(host, place.port());
        given.remove(place);
        given.put(place, proxy);
        return proxy;
    }

    private Place givenLongestAgo() {
        return given.entrySet().stream()
                .filter(entry -> entry.getValue().isClosed())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("all proxies are in use"));
    }
}
