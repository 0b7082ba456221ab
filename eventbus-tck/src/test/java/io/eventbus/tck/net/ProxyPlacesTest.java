package io.eventbus.tck.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventbus.tck.net.ProxyPlaces.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("a child that another test starts has, for a moment, the ports that are closed here")
class ProxyPlacesTest {

    private static List<Place> free(int count) {
        List<TcpProxy> proxies = Stream.generate(TcpProxy::start).limit(count).toList();
        List<Place> places =
                proxies.stream().map(proxy -> new Place(proxy.port(), 1)).toList();
        proxies.forEach(TcpProxy::close);
        return places;
    }

    @Test
    @DisplayName("a place is given again when all others were given since, and none while its proxy is open")
    void longestAgo() {
        List<Place> places = free(3);
        ProxyPlaces proxies = new ProxyPlaces("127.0.0.1", places);
        try (TcpProxy open = proxies.open()) {
            assertThat(open.port()).isEqualTo(places.get(0).advertisedPort());
            for (int round = 0; round < 2; round++) {
                for (Place place : places.subList(1, 3)) {
                    try (TcpProxy next = proxies.open()) {
                        assertThat(next.port()).isEqualTo(place.advertisedPort());
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("no proxy is to be had while those at all places are open")
    void allInUse() {
        ProxyPlaces proxies = new ProxyPlaces("127.0.0.1", free(1));
        try (TcpProxy open = proxies.open()) {
            assertThatIllegalStateException().isThrownBy(proxies::open).withMessage("all proxies are in use");
            assertThat(open.isClosed()).isFalse();
        }
        proxies.open().close();
    }
}
