package io.eventbus.brokers;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** RabbitMQ as two child processes of this JVM: the node itself, and epmd, which Erlang needs. */
final class LocalRabbitMq implements RabbitMqServer {
    private final Reaper reaper;
    private final RabbitMqNode node;
    private ChildProcess epmd;
    private ChildProcess process;

    private LocalRabbitMq(Reaper reaper, RabbitMqNode node) {
        this.reaper = reaper;
        this.node = node;
        this.epmd = startEpmd(reaper, node);
        this.process = startNode(reaper, node, epmd);
    }

    static LocalRabbitMq launch(RabbitMqInstallation installation) {
        return launch(installation, () -> Ports.free(3));
    }

    static LocalRabbitMq launch(RabbitMqInstallation installation, Supplier<List<Integer>> ports) {
        return Ports.use(ports, chosen -> launch(installation, chosen));
    }

    private static LocalRabbitMq launch(RabbitMqInstallation installation, List<Integer> ports) {
        Reaper reaper = Reaper.inTemporaryDirectory("eventbus-rabbitmq-");
        try {
            return new LocalRabbitMq(reaper, RabbitMqNode.create(installation, reaper.directory(), ports));
        } catch (RuntimeException e) {
            reaper.close();
            throw e;
        }
    }

    /**
     * Returns when epmd listens. If none did when the node starts, the node would start one of its own, in the
     * background and for good.
     */
    private static ChildProcess startEpmd(Reaper reaper, RabbitMqNode node) {
        ChildProcess epmd = ChildProcess.start("epmd", node.epmdCommand(), node.environment(), reaper);
        epmd.awaitUsable(() -> new Socket(InetAddress.getLoopbackAddress(), node.epmdPort()).close());
        return epmd;
    }

    private static ChildProcess startNode(Reaper reaper, RabbitMqNode node, ChildProcess epmd) {
        ChildProcess process = ChildProcess.start("rabbitmq", node.command(), node.nodeEnvironment(), reaper);
        process.awaitUsable(() -> {
            if (!epmd.isAlive()) {
                throw new BrokerException("Another program has the port of epmd, " + node.epmdPort());
            }
            AmqpProbe.handshake(node.url());
        });
        return process;
    }

    @Override
    public URI url() {
        return node.url();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void start() {
        if (!epmd.isAlive()) {
            epmd = startEpmd(reaper, node);
        }
        process = startNode(reaper, node, epmd);
    }

    @Override
    public void freeze() {
        process.freeze();
    }

    @Override
    public void thaw() {
        process.thaw();
    }

    @Override
    public String ctl(String... arguments) {
        return node.ctl(arguments);
    }

    @Override
    public void evaluate(String expression) {
        node.evaluate(expression);
    }

    @Override
    public void remove() {
        reaper.close();
    }

    /** {@return what cleans up behind it} */
    Reaper reaper() {
        return reaper;
    }

    /** {@return the pid of the node; another after a restart} */
    long pid() {
        return process.pid();
    }
}
