package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class ThrowAwayBrokerTest {

    @ParameterizedTest
    @EnumSource
    @DisplayName("a broker listens as long as it is open")
    void open(BrokerProduct product) throws Exception {
        URI url;
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(product)) {
            url = URI.create(broker.url());
            assertThat(broker.description())
                    .containsIgnoringCase(product.toString())
                    .contains(url.getHost() + ":" + url.getPort());
            connect(url);
        }
        assertThatThrownBy(() -> connect(url)).isInstanceOf(ConnectException.class);
    }

    private static void connect(URI url) throws Exception {
        new Socket(url.getHost(), url.getPort()).close();
    }
}
