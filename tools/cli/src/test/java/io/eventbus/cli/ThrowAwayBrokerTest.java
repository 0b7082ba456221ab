package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On Redis, which starts in milliseconds. */
class ThrowAwayBrokerTest {

    @Test
    @DisplayName("a broker listens as long as it is open")
    void open() throws Exception {
        URI url;
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(BrokerProduct.REDIS)) {
            url = URI.create(broker.url());
            assertThat(broker.description()).contains("Redis", url.getAuthority());
            connect(url);
        }
        assertThatThrownBy(() -> connect(url)).isInstanceOf(ConnectException.class);
    }

    private static void connect(URI url) throws Exception {
        new Socket(url.getHost(), url.getPort()).close();
    }
}
