package io.eventbus.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "eventbus " + Objects.requireNonNullElse(version, "(not built as a jar)"),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
        };
    }
}
