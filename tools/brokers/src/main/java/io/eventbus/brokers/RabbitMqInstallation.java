package io.eventbus.brokers;

import java.io.File;
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
import java.util.stream.Stream;

/**
 * RabbitMQ as the packages of Debian and Fedora install it.
 *
 * @param scripts the directory with RabbitMQ's own start scripts. Those in /usr/sbin are other ones: they change to the
 *     user rabbitmq and to the data of the system's service
 * @param path the PATH on which Erlang's epmd and erl are found
 */
record RabbitMqInstallation(Path scripts, String path) {
    private static final Path PACKAGES = Path.of("/usr/lib/rabbitmq/lib");
    private static final String NAME = "rabbitmq_server-";
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static Optional<RabbitMqInstallation> find(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "") + ":" + SYSTEM_PATH;
        return find(PACKAGES, path);
    }

    static Optional<RabbitMqInstallation> find(Path packages, String path) {
        return versions(packages).stream()
                .map(version -> version.resolve("sbin"))
                .filter(scripts -> Files.isExecutable(scripts.resolve("rabbitmq-server")))
                .map(scripts -> new RabbitMqInstallation(scripts, path))
                .filter(installation -> installation.program("epmd").isPresent())
                .findFirst();
    }

    /** The newest first. */
    private static List<Path> versions(Path packages) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(packages, NAME + "[0-9]*")) {
            directories.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        found.sort(Comparator.comparing(RabbitMqInstallation::version).reversed());
        return found;
    }

    private static Version version(Path directory) {
        return Version.parse(directory.getFileName().toString().substring(NAME.length()));
    }

    Path script(String name) {
        return scripts.resolve(name);
    }

    Optional<Path> program(String name) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
