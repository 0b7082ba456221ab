package io.eventbus.brokers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one Kafka broker is told. It is its own controller, and knows no process.
 *
 * @param settings what the caller wants
 * @param host where clients reach it
 * @param bindHost where it listens
 * @param ports those that it listens on: for clients, for itself, for its controller, then for clients behind proxies
 * @param advertisedPorts those at which the proxies will listen
 */
record KafkaNode(
        KafkaSettings settings, String host, String bindHost, List<Integer> ports, List<Integer> advertisedPorts) {

    private static final String CLIENT_PREFIX = "listener.name.client.";

    /** A single node keeps one copy of everything, and its own topics need no partitions. */
    private static final Map<String, String> ALONE = Map.of(
            "node.id", "1",
            "process.roles", "broker,controller",
            "auto.create.topics.enable", "false",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    /** Few threads and little memory: it shares the machine with what is tested. */
    private static final Map<String, String> SMALL = Map.of(
            "num.io.threads", "2",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "1",
            "log.cleaner.dedupe.buffer.size", "2097152",
            "log.index.size.max.bytes", "1048576");

    /**
     * After a kill the node waits until its former self has expired, and a group until its members have. A node that gets no
     * processor for as long as its session is fenced for a moment, and makes no topic then: see {@link KafkaSettings#lasting()}.
     */
    private static final Map<String, String> SWIFT = Map.of(
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "200",
            "controller.quorum.election.timeout.ms", "200",
            "controller.quorum.election.backoff.max.ms", "200",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "group.consumer.min.session.timeout.ms", "1000",
            "group.consumer.min.heartbeat.interval.ms", "100",
            "group.consumer.heartbeat.interval.ms", "500");

    /** Where it listens, with which security, and where it sends the clients that ask there. */
    private record Listener(String name, String protocol, int port, int advertisedPort) {}

    URI url() {
        return URI.create("kafka://" + host + ":" + ports.get(0));
    }

    /** {@return the port that it serves without security, also when clients need some} */
    int plainPort() {
        return ports.get(1);
    }

    List<ProxiedListener> proxiedListeners() {
        return IntStream.range(0, advertisedPorts.size())
                .mapToObj(i -> new ProxiedListener(ports.get(PortBlock.ALWAYS + i), advertisedPorts.get(i)))
                .toList();
    }

    /** {@return the properties of the broker that keeps its data in this directory} */
    Properties properties(String dataDirectory) {
        Properties properties = new Properties();
        properties.putAll(ALONE);
        properties.putAll(SMALL);
        properties.putAll(SWIFT);
        // For each listener.
        properties.put("num.network.threads", advertisedPorts.isEmpty() ? "2" : "1");
        properties.put("log.dirs", dataDirectory);
        putListeners(properties);
        properties.putAll(settings.properties());
        putForProxied(properties);
        return properties;
    }

    /** Those behind a proxy are clients like the others. */
    private void putForProxied(Properties properties) {
        settings.properties().forEach((name, value) -> {
            if (name.startsWith(CLIENT_PREFIX)) {
                String rest = name.substring(CLIENT_PREFIX.length());
                advertisedPorts.forEach(port -> properties.put("listener.name.proxied" + port + "." + rest, value));
            }
        });
    }

    private void putListeners(Properties properties) {
        int controller = ports.get(2);
        String controllerListener = "CONTROLLER://" + bindHost + ":" + controller;
        List<Listener> listeners = listeners();
        properties.put(
                "listeners",
                join(listeners, l -> l.name() + "://" + bindHost + ":" + l.port()) + "," + controllerListener);
        properties.put(
                "advertised.listeners", join(listeners, l -> l.name() + "://" + host + ":" + l.advertisedPort()));
        properties.put(
                "listener.security.protocol.map",
                join(listeners, l -> l.name() + ":" + l.protocol()) + ",CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "OWN");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    }

    private List<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        listeners.add(new Listener("CLIENT", settings.protocol(), ports.get(0), ports.get(0)));
        listeners.add(new Listener("OWN", "PLAINTEXT", ports.get(1), ports.get(1)));
        for (ProxiedListener proxied : proxiedListeners()) {
            String name = "PROXIED" + proxied.advertisedPort();
            listeners.add(new Listener(name, settings.protocol(), proxied.port(), proxied.advertisedPort()));
        }
        return listeners;
    }

    private static String join(List<Listener> listeners, Function<Listener, String> text) {
        return listeners.stream().map(text).collect(Collectors.joining(","));
    }
}
