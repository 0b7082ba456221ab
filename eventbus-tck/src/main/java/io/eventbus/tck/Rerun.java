package io.eventbus.tck;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a test's suite is run again with Maven, to be pasted into a shell. A test gets it as a parameter, beside its {@link Kit}.
 *
 * @param module the folder of the module whose tests run: the working directory, under Maven
 * @param suite the class of the {@link ConformanceSuite}; empty if the test runs in none
 */
public record Rerun(Path module, String suite) {

    private static final Pattern SUITE = Pattern.compile("\\[suite:(?:[^]]*[.$])?([^].$]+)]");
    private static final String POM = "pom.xml";

    static Rerun of(Path module, String uniqueId) {
        Matcher matcher = SUITE.matcher(uniqueId);
        return new Rerun(module.toAbsolutePath(), matcher.find() ? matcher.group(1) : "");
    }

    /**
     * Says how to run the suite with some system properties.
     *
     * @param properties as Maven takes them
     * @return the command; without a suite, the properties and where they go
     */
    public String with(String properties) {
        return suite.isEmpty() ? "with " + properties + " for the JVM of the test" : command() + " " + properties;
    }

    /** A module beside others is built with those that it needs, in which no test has this name. */
    private String command() {
        Path parent = module.resolveSibling(POM);
        String test = " -Dtest=" + suite;
        return Files.exists(parent)
                ? "mvn -f " + parent + " test -am -pl " + module.getFileName() + test
                        + " -Dsurefire.failIfNoSpecifiedTests=false"
                : "mvn -f " + module.resolve(POM) + " test" + test;
    }
}
