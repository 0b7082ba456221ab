package io.eventbus.examples.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.Vhost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The management plugin of a RabbitMQ, by HTTP. */
final class RabbitMqManagement {
    /** Turns the plugin on in a node that runs, on a port of ours. The node may not know yet where plugins are: beside the server. */
    private static final String ENABLE = """
            application:set_env(rabbit, plugins_dir, filename:dirname(code:lib_dir(rabbit_common))), \
            application:load(rabbitmq_management), \
            application:set_env(rabbitmq_management, tcp_config, [{port, %d}, {ip, "127.0.0.1"}]), \
            {ok, File} = application:get_env(rabbit, enabled_plugins_file), \
            ok = file:write_file(File, "[rabbitmq_management].\\n"), \
            {ok, _, _} = rabbit_plugins:ensure(File), ok.""";

    private static final String PEEK = "{\"count\": 1, \"ackmode\": \"ack_requeue_true\", \"encoding\": \"auto\"}";

    /** Where the tests' brokers have theirs. */
    private static final int FIRST_PORT = 10_000;

    private static final int END_OF_PORTS = 20_000;

    private final URI broker;
    private final int port;

    private RabbitMqManagement(URI broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    static RabbitMqManagement enable(RabbitMqBroker broker) {
        int port = freePort();
        broker.ctl("eval", ENABLE.formatted(port));
        return new RabbitMqManagement(broker.url(), port);
    }

    /** Free, and none that the system gives to outgoing connections: of those many are made before the plugin has it. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
    }

    /** Whether the plugin listens where this program can reach it: in a container it does not. */
    boolean isReachable() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return the first message of a queue, where it stays} */
    JsonNode peek(Vhost vhost, String queue) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString(broker.getUserInfo().getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .uri(URI.create("http://127.0.0.1:%d/api/queues/%s/%s/get".formatted(port, vhost.name(), queue)))
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofString(PEEK))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).path(0);
    }
}
