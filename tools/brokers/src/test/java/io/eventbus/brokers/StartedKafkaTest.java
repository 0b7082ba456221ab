package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On the Kafka that this machine can start, by Docker or by itself, also when a URL is given. */
class StartedKafkaTest {
    private static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
    private static final int QUIET_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 30_000;

    private static KafkaBroker broker;

    @BeforeAll
    static void launch() {
        broker = KafkaBroker.launch(KafkaSettings.plain().proxied(KafkaSettings.MAX_PROXIED_LISTENERS));
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    @DisplayName("A topic is there after kill and restart, at the same URL and listeners")
    void restarts() {
        URI url = broker.url();
        List<ProxiedListener> listeners = broker.listeners();
        topics("--create", "--topic", "kept");

        broker.kill();
        assertThatThrownBy(() -> KafkaProbe.connect(broker.host(), broker.port()))
                .isInstanceOf(ConnectException.class);
        broker.start();

        assertThat(broker.url()).isEqualTo(url);
        assertThat(broker.listeners()).isEqualTo(listeners);
        assertThat(topics("--list")).contains("kept");
    }

    @Test
    @DisplayName("A frozen broker answers nothing; thawed, it answers what was asked meanwhile")
    void freezes() throws IOException {
        broker.freeze();
        try (Socket client = new Socket(broker.host(), broker.port())) {
            try {
                client.getOutputStream().write(KafkaProbe.request());
                client.setSoTimeout(QUIET_MILLIS);
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            } finally {
                broker.thaw();
            }
            assertAnswers(client);
        }
    }

    @Test
    @DisplayName("Every listener for proxies answers, and its advertised port is free")
    void listeners() throws IOException {
        assertThat(broker.listeners())
                .hasSize(KafkaSettings.MAX_PROXIED_LISTENERS)
                .doesNotHaveDuplicates();
        for (ProxiedListener listener : broker.listeners()) {
            ask(listener.port());
            new ServerSocket(listener.advertisedPort()).close();
        }
    }

    @Test
    @DisplayName("Properties of the caller take precedence, and a wrong one is an error that names it")
    void properties() {
        assertThatThrownBy(() -> KafkaBroker.launch(KafkaSettings.plain().with("num.io.threads", "many")))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("kafka ended while starting")
                .hasMessageContaining("num.io.threads");
    }

    @Test
    @DisplayName("A given URL is used as it is and refuses every control")
    void given() throws IOException {
        String url = broker.url() + ",127.0.0.1:1/";
        KafkaBroker given = new KafkaSources(new Machine(Map.of(KafkaBroker.URL_VARIABLE, url), () -> true))
                .find(KafkaSettings.plain());

        assertThat(given.url()).hasToString(url);
        assertThat(given.port()).isEqualTo(broker.port());
        assertThat(given.controls()).isEmpty();
        assertThatThrownBy(given::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(KafkaBroker.URL_VARIABLE);
        given.close();
        ask(broker.port());
    }

    @Test
    @DisplayName("The shared broker refuses to be killed, and stays when it is closed")
    void shared() throws IOException {
        KafkaBroker shared = new SharedKafka(broker);
        assertThatThrownBy(shared::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("KafkaBroker.launch()");
        shared.close();
        ask(shared.port());
    }

    private static String topics(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--bootstrap-server";
        all[1] = "127.0.0.1:" + broker.port();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return broker.tool(TOPICS, all);
    }

    /** That it answers, and not what: a broker that stood still for some seconds is out of service for a moment. */
    private static void ask(int port) throws IOException {
        try (Socket client = new Socket(broker.host(), port)) {
            client.getOutputStream().write(KafkaProbe.request());
            assertAnswers(client);
        }
    }

    private static void assertAnswers(Socket client) throws IOException {
        client.setSoTimeout(PATIENCE_MILLIS);
        DataInputStream answer = new DataInputStream(client.getInputStream());
        assertThat(answer.readInt()).as("length").isPositive();
        assertThat(answer.readInt()).isEqualTo(KafkaProbe.NUMBER);
    }
}
