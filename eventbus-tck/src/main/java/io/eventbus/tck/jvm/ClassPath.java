package io.eventbus.tck.jvm;

import io.eventbus.tck.Inconclusive;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where classes are loaded from, as the JVM was told.
 *
 * @param entries directories and jars, in order
 */
public record ClassPath(List<Path> entries) {

    /** Copies the entries. */
    public ClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * The class path of this JVM.
     *
     * @return the entries that exist
     * @throws Inconclusive if it has none, since the tests run on the module path
     */
    public static ClassPath ofThisJvm() {
        String text = System.getProperty("java.class.path", "");
        Pattern separator = Pattern.compile(Pattern.quote(File.pathSeparator));
        List<Path> entries = separator
                .splitAsStream(text)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(Files::exists)
                .toList();
        Inconclusive.unless(!entries.isEmpty(), "a class path; run the kit on it, not on the module path");
        return new ClassPath(entries);
    }

    /**
     * Where a class came from.
     *
     * @param type the class
     * @return its directory or jar
     * @throws Inconclusive if that is not known
     */
    public static Path locationOf(Class<?> type) {
        try {
            var source = type.getProtectionDomain().getCodeSource();
            Inconclusive.unless(source != null && source.getLocation() != null, "the place of " + type.getName());
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new Inconclusive("the place of " + type.getName() + " is no file", e);
        }
    }

    /**
     * Writes entries as the command line wants them.
     *
     * @param entries directories and jars
     * @return the entries with the separator of this system between them
     */
    public static String join(Collection<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
