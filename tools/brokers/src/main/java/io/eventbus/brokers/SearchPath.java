package io.eventbus.brokers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs are looked for.
 *
 * @param text as in the environment variable PATH
 */
record SearchPath(String text) {
    private static final String OF_THE_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The variable PATH, and then the system's directories: not everyone has those for servers. */
    static SearchPath of(Map<String, String> environment) {
        return new SearchPath(environment.getOrDefault("PATH", "") + File.pathSeparator + OF_THE_SYSTEM);
    }

    Optional<Path> program(String name) {
        return Stream.of(text.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
