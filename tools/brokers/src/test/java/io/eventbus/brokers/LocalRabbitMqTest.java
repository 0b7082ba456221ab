package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failing start of a local RabbitMQ says. */
class LocalRabbitMqTest {

    @TempDir
    Path temporary;

    @BeforeEach
    void needsInstallation() {
        assumeTrue(installation().isPresent(), "RabbitMQ is not installed on this machine");
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
            List<List<Integer>> choices = new ArrayList<>();

            assertThatThrownBy(() -> LocalRabbitMq.launch(broken, () -> {
                        List<Integer> free = Ports.free(3);
                        choices.add(choices.isEmpty() ? List.of(free.get(0), free.get(1), other.getLocalPort()) : free);
                        return choices.get(choices.size() - 1);
                    }))
                    .hasMessageEndingWith("no disk");
            // two, or more if yet another program was quicker
            assertThat(choices).hasSizeGreaterThan(1);
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
}
