package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On the RabbitMQ that this machine can start, by Docker or by itself, also when a URL is given. */
class StartedRabbitMqTest {
    private static final String QUEUE = "q";
    private static final long CONFIRM_MILLIS = 20_000;

    private static RabbitMqBroker broker;

    @BeforeAll
    static void launch() {
        RabbitMqSources here = RabbitMqSources.ofThisMachine();
        assumeTrue(
                here.installation().isPresent() || here.machine().docker().getAsBoolean(),
                "RabbitMQ is given by URL and cannot be started here");
        broker = here.start();
    }

    @AfterAll
    static void close() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    @DisplayName("A raw client publishes and consumes at the URL")
    void publishes() throws Exception {
        try (Connection connection = connect(broker.url());
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            publish(channel, queue, "hello");
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);

            assertThat(take(channel, queue)).isEqualTo("hello");
        }
    }

    @Test
    @DisplayName("A message confirmed on a quorum queue just declared is there after kill and restart, at the same URL")
    void restarts() throws Exception {
        URI url = broker.url();
        try (Vhost vhost = broker.newVhost()) {
            Connection before = connect(vhost.url());
            Channel channel = before.createChannel();
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
            publish(channel, QUEUE, "kept");
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);

            broker.kill();
            assertThatThrownBy(() -> connect(vhost.url())).isInstanceOf(ConnectException.class);
            assertThatThrownBy(broker::freeze).hasMessageContaining("start it before");
            broker.kill();
            broker.start();

            assertThat(broker.url()).isEqualTo(url);
            try (Connection after = connect(vhost.url());
                    Channel again = after.createChannel()) {
                assertThat(take(again, QUEUE)).isEqualTo("kept");
            }
        }
    }

    @Test
    @DisplayName("A frozen broker confirms nothing; thawed, it confirms what was published meanwhile")
    void freezes() throws Exception {
        try (Connection connection = connect(broker.url());
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            channel.confirmSelect();

            broker.freeze();
            publish(channel, queue, "late");
            assertThatThrownBy(() -> channel.waitForConfirms(200)).isInstanceOf(TimeoutException.class);
            broker.thaw();

            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        }
    }

    @Test
    @DisplayName("Vhosts do not see each other, and a deleted one is gone")
    void vhosts() throws Exception {
        Vhost one = broker.newVhost();
        try (Vhost two = broker.newVhost();
                Connection connection = connect(one.url());
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(QUEUE, true, false, false, Map.of());

            assertThat(broker.ctl("list_queues", "-p", one.name(), "name")).contains(QUEUE);
            assertThat(broker.ctl("list_queues", "-p", two.name(), "name")).doesNotContain(QUEUE);
        }
        one.close();
        assertThat(broker.ctl("list_vhosts")).doesNotContain(one.name());
    }

    @Test
    @DisplayName("rabbitmqctl that fails is an error with what it said, without the arguments")
    void failingCommand() {
        assertThatThrownBy(() -> broker.ctl("change_password", "nobody", "s3cret"))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("does not exist")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("A given URL is used as it is and refuses every control")
    void given() {
        String url = broker.url().toString();
        RabbitMqBroker given = new RabbitMqSources(
                        new Machine(Map.of(RabbitMqBroker.URL_VARIABLE, url), () -> true), Optional.empty())
                .find();

        assertThat(given.url()).isEqualTo(broker.url());
        assertThat(given.controls()).isEmpty();
        refuses(given::kill);
        refuses(given::start);
        refuses(given::freeze);
        refuses(given::thaw);
        refuses(given::newVhost);
        refuses(() -> given.ctl("status"));
        given.close();
        assertThat(broker.ctl("list_vhosts")).contains("/");
    }

    @Test
    @DisplayName("The shared broker gives vhosts, refuses to be killed, and stays when it is closed")
    void shared() throws Exception {
        RabbitMqBroker shared = new SharedRabbitMq(broker);
        assertThat(shared.controls()).containsExactly(Control.ADMINISTER);
        assertThatThrownBy(shared::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("RabbitMqBroker.launch()");
        shared.close();
        try (Vhost vhost = shared.newVhost();
                Connection connection = connect(vhost.url())) {
            assertThat(connection.isOpen()).isTrue();
        }
    }

    private static void refuses(Runnable control) {
        assertThatThrownBy(control::run)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(RabbitMqBroker.URL_VARIABLE);
    }

    private static Connection connect(URI url) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private static void publish(Channel channel, String queue, String text) throws Exception {
        channel.confirmSelect();
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String take(Channel channel, String queue) throws Exception {
        GetResponse response = channel.basicGet(queue, true);
        return response == null ? "(nothing)" : new String(response.getBody(), StandardCharsets.UTF_8);
    }
}
