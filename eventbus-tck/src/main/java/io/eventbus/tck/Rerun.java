package io.eventbus.tck;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a test is run again with Maven, to be pasted into a shell: its suite alone, and of that what has the test's tags. A test gets it
 * as a parameter, beside its {@link Kit}.
 *
 * @param module the folder of the module whose tests run: the working directory, under Maven
 * @param suite the class of the {@link ConformanceSuite}; empty if the test runs in none
 * @param tags the tags of the test; without any, the whole suite is run again
 */
public record Rerun(Path module, String suite, Set<String> tags) {

    private static final Pattern SUITE = Pattern.compile("\\[suite:(?:[^]]*[.$])?([^].$]+)]");
    private static final String POM = "pom.xml";

    /** Copies the tags. */
    public Rerun {
        tags = Set.copyOf(tags);
    }

    static Rerun of(Path module, String uniqueId, Set<String> tags) {
        Matcher matcher = SUITE.matcher(uniqueId);
        return new Rerun(module.toAbsolutePath(), matcher.find() ? matcher.group(1) : "", tags);
    }

    /**
     * Says how to run the test with some system properties.
     *
     * @param properties each as NAME=VALUE
     * @return the command; without a suite, the properties and where they go
     */
    public String with(List<String> properties) {
        String given = properties.stream()
                .map(property -> new ShellWord("-D" + property).toString())
                .collect(Collectors.joining(" "));
        return suite.isEmpty() ? "with " + given + " for the JVM of the test" : command() + " " + given;
    }

    /** A module beside others is built with those that it needs, in which no test has this name. */
    private String command() {
        Path parent = module.resolveSibling(POM);
        String test = " -Dtest=" + suite + groups();
        return Files.exists(parent)
                ? "mvn -f " + word(parent) + " test -am -pl " + module.getFileName() + test
                        + " -Dsurefire.failIfNoSpecifiedTests=false"
                : "mvn -f " + word(module.resolve(POM)) + " test" + test;
    }

    private String groups() {
        return tags.isEmpty()
                ? ""
                : " " + new ShellWord("-Dgroups=" + tags.stream().sorted().collect(Collectors.joining("&")));
    }

    private static ShellWord word(Path path) {
        return new ShellWord(path.toString());
    }
}
