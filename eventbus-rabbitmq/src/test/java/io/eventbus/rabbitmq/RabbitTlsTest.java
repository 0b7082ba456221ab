package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.net.TcpProxy;
import io.eventbus.tck.tls.Certificates;
import io.eventbus.tck.tls.ServerIdentity;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RabbitTlsTest {

    private SSLContext original;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws Exception {
        original = SSLContext.getDefault();
        URI broker = Fixture.brokerUrl();
        proxy = TcpProxy.start(broker.getHost(), broker.getPort());
        proxy.endTls(Certificates.shared().server(ServerIdentity.RIGHT));
    }

    @AfterEach
    void close() throws Exception {
        SSLContext.setDefault(original);
        proxy.close();
    }

    @Test
    @DisplayName("a broker whose certificate the JVM trusts is connected to")
    void trusted() throws Exception {
        SSLContext.setDefault(Certificates.shared().client());

        transport("localhost").admin().ping();
    }

    @Test
    @DisplayName("a certificate that the JVM does not trust is refused")
    void untrusted() {
        assertDenied("localhost");
    }

    @Test
    @DisplayName("a certificate for another host is refused")
    void otherHost() throws Exception {
        SSLContext.setDefault(Certificates.shared().client());
        proxy.endTls(Certificates.shared().server(ServerIdentity.OTHER_HOST));

        assertDenied("localhost");
    }

    private void assertDenied(String host) {
        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> transport(host).admin().ping());

        assertThat(failure.kind()).isEqualTo(TransportException.Kind.DENIED);
        assertThat(failure).hasMessageContaining(host + ":" + proxy.port());
    }

    private Transport transport(String host) {
        URI broker = Fixture.brokerUrl();
        URI url = URI.create(
                "amqps://" + broker.getRawUserInfo() + "@" + host + ":" + proxy.port() + broker.getRawPath());
        return Fixture.transport(url, Map.of(), Fixture.PATIENCE);
    }
}
