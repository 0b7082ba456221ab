package io.eventbus.cli;

import io.eventbus.EventBusBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which namespace of the broker is meant. */
final class NamespaceOption {
    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of the topic and its groups; without it those that are in none.")
    private @Nullable String name;

    /** The beginning of a bus in this namespace. */
    EventBusBuilder builder() {
        EventBusBuilder builder = CommandBus.builder();
        return name == null ? builder : builder.namespace(name);
    }

    /** For the end of a sentence; empty where there is none. */
    @Override
    public String toString() {
        return name == null ? "" : " in namespace " + name;
    }
}
