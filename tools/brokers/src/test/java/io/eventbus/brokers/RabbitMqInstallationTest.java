package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RabbitMqInstallationTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("Of several versions the newest is taken")
    void newest() throws IOException {
        program("rabbitmq_server-3.9.2/sbin/rabbitmq-server");
        program("rabbitmq_server-3.10.8/sbin/rabbitmq-server");
        program("bin/epmd");

        assertThat(RabbitMqInstallation.find(
                        directory, new SearchPath(directory.resolve("bin").toString())))
                .hasValueSatisfying(found ->
                        assertThat(found.scripts()).isEqualTo(directory.resolve("rabbitmq_server-3.10.8/sbin")));
    }

    @Test
    @DisplayName("Without Erlang's epmd on the PATH there is no installation")
    void withoutErlang() throws IOException {
        program("rabbitmq_server-3.10.8/sbin/rabbitmq-server");

        assertThat(RabbitMqInstallation.find(
                        directory, new SearchPath(directory.resolve("bin").toString())))
                .isEmpty();
    }

    @Test
    @DisplayName("Without the package's directory there is no installation")
    void withoutPackage() {
        assertThat(RabbitMqInstallation.find(directory.resolve("none"), new SearchPath("/usr/bin")))
                .isEmpty();
    }

    private void program(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
