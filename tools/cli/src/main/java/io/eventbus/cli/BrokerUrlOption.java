package io.eventbus.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the broker is. */
final class BrokerUrlOption {
    private static final String VARIABLE = "EVENTBUS_URL";
    private static final String IN_MEMORY = "memory:";
    private static final String KAFKA = "kafka:";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The broker, such as amqp://user:password@host:5672; else the environment variable EVENTBUS_URL.")
    private @Nullable String url;

    /** Whether the option is on the command line. */
    boolean isGiven() {
        return url != null;
    }

    /** Whether the broker is one in memory, of this process alone. */
    boolean isInMemory() {
        return begins(IN_MEMORY);
    }

    boolean isKafka() {
        return begins(KAFKA);
    }

    private boolean begins(String scheme) {
        return find().filter(given -> given.regionMatches(true, 0, scheme, 0, scheme.length()))
                .isPresent();
    }

    /** The URL of the option, else that of the environment. */
    Optional<String> find() {
        return Optional.ofNullable(url == null ? System.getenv(VARIABLE) : url).filter(given -> !given.isBlank());
    }

    /**
     * The URL.
     *
     * @throws ParameterException if there is none
     */
    String require() {
        return find().orElseThrow(() -> new ParameterException(
                command.commandLine(), "no broker: give --url, such as amqp://localhost, or set " + VARIABLE));
    }
}
