package io.eventbus.tck.jvm;

import io.eventbus.tck.Inconclusive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes a JVM has loaded, from where, and which it has initialised, as its own log says. Hotspot's log is read, in the
 * forms that it has from JDK 17 to 25.
 */
public final class ClassLog {

    private static final Pattern LOADED = Pattern.compile("\\[class,load] (\\S+) source: (file:\\S+)");
    private static final Pattern INITIALISED = Pattern.compile("\\[class,init] \\d+ Initializing '([^'+]+)");

    private final Map<String, Path> origins = new HashMap<>();
    private final Set<String> initialised = new LinkedHashSet<>();

    private ClassLog(List<String> lines) {
        for (String line : lines) {
            Matcher loaded = LOADED.matcher(line);
            Matcher initialising = INITIALISED.matcher(line);
            if (loaded.find()) {
                origins.put(loaded.group(1), Path.of(URI.create(loaded.group(2))));
            } else if (initialising.find()) {
                initialised.add(initialising.group(1).replace('/', '.'));
            }
        }
        Inconclusive.unless(!initialised.isEmpty(), "a log of classes; this JVM writes none");
    }

    /**
     * Writes the option that makes a JVM log.
     *
     * @param file where to
     * @return the option
     */
    public static String option(Path file) {
        return "-Xlog:class+load,class+init:file=" + file + "::filecount=0";
    }

    /**
     * Reads a log.
     *
     * @param file where {@link #option} has let it be written
     * @return the log
     */
    public static ClassLog read(Path file) {
        try {
            return new ClassLog(Files.readAllLines(file));
        } catch (IOException e) {
            throw new Inconclusive("a log of classes", e);
        }
    }

    /** {@return the directories and jars from which classes were loaded, those of the JDK left out} */
    public Set<Path> origins() {
        return new HashSet<>(origins.values());
    }

    /**
     * Which classes were initialised in one part of a program.
     *
     * @param after the class that marks the beginning
     * @param before the class that marks the end
     * @return their names, in order
     */
    public List<String> initialisedBetween(Class<?> after, Class<?> before) {
        List<String> all = List.copyOf(initialised);
        int from = all.indexOf(after.getName());
        int to = all.indexOf(before.getName());
        Inconclusive.unless(from >= 0 && to > from, "both marks in the log of classes");
        return all.subList(from + 1, to);
    }

    /**
     * Where a class came from.
     *
     * @param className its name
     * @return its directory or jar; empty for one of the JDK, or one that was made at run time
     */
    public Optional<Path> originOf(String className) {
        return Optional.ofNullable(origins.get(className));
    }
}
