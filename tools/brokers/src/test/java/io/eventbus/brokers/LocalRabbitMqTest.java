package io.eventbus.brokers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing of a local RabbitMQ outlives its owner, and what a failing start says. */
class LocalRabbitMqTest {

    @TempDir
    Path temporary;

    @BeforeEach
    void needsInstallation() {
        assumeTrue(installation().isPresent(), "RabbitMQ is not installed on this machine");
    }

    @Test
    @DisplayName("Closing leaves no process and no file")
    void closes() {
        LocalRabbitMq server = LocalRabbitMq.launch(installation().orElseThrow());
        List<Child> children = Child.allBelow(
                List.of(server.pid(), server.epmdPid(), server.reaper().pid()));
        assertThat(children).hasSizeGreaterThan(3).allMatch(Child::lives);

        server.remove();

        assertThat(server.reaper().directory()).doesNotExist();
        Child.awaitEnd(children);
    }

    @Test
    @DisplayName("A JVM that gets SIGKILL leaves no process and no file")
    void killedOwner() throws Exception {
        Process owner = startOwner();
        List<Child> children = Child.allBelow(List.of(owner.pid()));
        assertThat(commands(children)).contains("epmd", "beam.smp");
        assertThat(temporary).isNotEmptyDirectory();

        owner.destroyForcibly();

        Child.awaitEnd(children);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    @DisplayName("A JVM that ends without closing leaves no process and no file")
    void forgetfulOwner() throws Exception {
        Process owner = startOwner();
        List<Child> children = Child.allBelow(List.of(owner.pid()));

        owner.getOutputStream().close();

        assertThat(owner.waitFor(60, SECONDS)).isTrue();
        assertThat(temporary).isEmptyDirectory();
        Child.awaitEnd(children);
    }

    @Test
    @DisplayName("A start that fails says why by the end of the log")
    void failingStart() throws Exception {
        RabbitMqInstallation broken = brokenInstallation();

        assertThatThrownBy(() -> LocalRabbitMq.launch(broken))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("rabbitmq ended while starting")
                .hasMessageEndingWith("no disk");
    }

    @Test
    @DisplayName("When another program has one of the ports, others are tried")
    void takenPort() throws Exception {
        RabbitMqInstallation broken = brokenInstallation();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> free = Ports.free(3);
            Iterator<List<Integer>> choices = List.of(List.of(free.get(0), free.get(1), other.getLocalPort()), free)
                    .iterator();

            assertThatThrownBy(() -> LocalRabbitMq.launch(broken, choices::next))
                    .hasMessageEndingWith("no disk");
            assertThat(choices).isExhausted();
        }
    }

    /** One that fails at once, if epmd could be started on its port. */
    private RabbitMqInstallation brokenInstallation() throws IOException {
        Path scripts = Files.createDirectory(temporary.resolve("sbin"));
        Path script = Files.writeString(scripts.resolve("rabbitmq-server"), "#!/bin/sh\necho no disk; exit 1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new RabbitMqInstallation(scripts, installation().orElseThrow().path());
    }

    private static Optional<RabbitMqInstallation> installation() {
        return RabbitMqInstallation.find(System.getenv());
    }

    /** Starts a JVM whose temporary files go below our own directory, and returns when its RabbitMQ runs. */
    private Process startOwner() throws IOException {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = owner.inputReader();
        assertThat(output.readLine()).isEqualTo(Owner.READY);
        return owner;
    }

    private static Stream<String> commands(List<Child> children) {
        return children.stream().map(Child::command);
    }

    /** Starts a RabbitMQ in a JVM of its own, says so, and ends without closing it when its input ends. */
    static final class Owner {
        static final String READY = "ready";

        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            LocalRabbitMq.launch(installation().orElseThrow());
            System.out.println(READY);
            System.exit(System.in.read() < 0 ? 0 : 1);
        }
    }
}
