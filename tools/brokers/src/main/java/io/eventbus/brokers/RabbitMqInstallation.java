package io.eventbus.brokers;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RabbitMQ as the packages of Debian and Fedora install it.
 *
 * @param scripts the directory with RabbitMQ's own start scripts. Those in /usr/sbin are other ones: they change to the
 *     user rabbitmq and to the data of the system's service
 * @param path where Erlang's epmd and erl are found
 */
record RabbitMqInstallation(Path scripts, SearchPath path) {
    private static final Path PACKAGES = Path.of("/usr/lib/rabbitmq/lib");
    private static final String NAME = "rabbitmq_server-";

    static Optional<RabbitMqInstallation> find(Map<String, String> environment) {
        return find(PACKAGES, SearchPath.of(environment));
    }

    static Optional<RabbitMqInstallation> find(Path packages, SearchPath path) {
        return versions(packages).stream()
                .map(version -> version.resolve("sbin"))
                .filter(scripts -> Files.isExecutable(scripts.resolve("rabbitmq-server")))
                .map(scripts -> new RabbitMqInstallation(scripts, path))
                .filter(installation -> installation.path().program("epmd").isPresent())
                .findFirst();
    }

    /** The newest first. */
    private static List<Path> versions(Path packages) {
        return list(packages, NAME + "[0-9]*").stream()
                .sorted(Comparator.comparing(RabbitMqInstallation::version).reversed())
                .toList();
    }

    /** What a directory has; nothing if there is none. */
    private static List<Path> list(Path directory, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
            entries.forEach(found::add);
            return found;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Version version(Path directory) {
        return Version.parse(directory.getFileName().toString().substring(NAME.length()));
    }

    Path script(String name) {
        return scripts.resolve(name);
    }

    /** The server itself, which lies among its plugins; none if they are elsewhere. */
    List<Path> server() {
        return list(scripts.resolveSibling("plugins"), "rabbit-[0-9]*");
    }

    /** Where the code of Erlang's own applications is, which it lists; none if it does not. Others may lie beside them. */
    List<Path> erlangCode() {
        return path.program("erl").stream()
                .map(erl -> withoutLinks(erl).resolveSibling("..").normalize())
                .flatMap(root -> list(root.resolve("releases"), "*").stream()
                        .flatMap(release -> lines(release.resolve("installed_application_versions")).stream())
                        .map(application ->
                                root.resolve("lib").resolve(application).resolve("ebin")))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Path withoutLinks(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }
}
