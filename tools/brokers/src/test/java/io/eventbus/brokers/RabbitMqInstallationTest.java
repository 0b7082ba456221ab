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

    @Test
    @DisplayName(
            "The server is told from its plugins, and Erlang's own code, behind the link on the PATH, from what others have put beside it")
    void code() throws IOException {
        program("rabbitmq_server-3.10.8/sbin/rabbitmq-server");
        Path server = Files.createDirectories(directory.resolve("rabbitmq_server-3.10.8/plugins/rabbit-3.10.8"));
        Files.createDirectories(directory.resolve("rabbitmq_server-3.10.8/plugins/rabbitmq_top-3.10.8"));
        program("bin/epmd");
        program("erlang/bin/erl");
        Files.createSymbolicLink(directory.resolve("bin/erl"), directory.resolve("erlang/bin/erl"));
        Path code = Files.createDirectories(directory.resolve("erlang/lib/stdlib-4.2/ebin"))
                .toRealPath();
        Files.createDirectories(directory.resolve("erlang/lib/ranch-1.8/ebin"));
        Path release = Files.createDirectories(directory.resolve("erlang/releases/25"));
        Files.writeString(release.resolve("installed_application_versions"), "stdlib-4.2\nkernel-8.5\n");

        assertThat(RabbitMqInstallation.find(
                        directory, new SearchPath(directory.resolve("bin").toString())))
                .hasValueSatisfying(found -> {
                    assertThat(found.server()).containsExactly(server);
                    assertThat(found.erlangCode()).containsExactly(code);
                });
    }

    @Test
    @DisplayName("Where the server and Erlang's code lie elsewhere, none is found")
    void codeElsewhere() throws IOException {
        program("rabbitmq_server-3.10.8/sbin/rabbitmq-server");
        program("bin/epmd");
        program("bin/erl");

        assertThat(RabbitMqInstallation.find(
                        directory, new SearchPath(directory.resolve("bin").toString())))
                .hasValueSatisfying(found -> {
                    assertThat(found.server()).isEmpty();
                    assertThat(found.erlangCode()).isEmpty();
                });
    }

    private void program(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
