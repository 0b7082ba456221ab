package io.eventbus.kafka.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM becomes a Kafka broker, or one of Kafka's own tools. It loads no class of Kafka. */
public final class KafkaProgram {
    /**
     * A JVM that is small and soon there: verifying Kafka's four thousand classes is a quarter of a start. The log says what is wrong,
     * and no more.
     */
    private static final List<String> OPTIONS = List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-XX:-UsePerfData",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private KafkaProgram() {}

    /**
     * The command of a broker that keeps its data in the one directory which its property {@code log.dirs} names. The
     * broker formats that directory if it is new, and has its temporary files beside its properties.
     *
     * @param properties the file with the broker's properties
     * @return the command and its arguments
     */
    public static List<String> broker(Path properties) {
        String temporary = "-Djava.io.tmpdir=" + properties.toAbsolutePath().getParent();
        return command(List.of(temporary), "io.eventbus.kafka.server.KafkaMain", properties.toString());
    }

    /**
     * The command of a program of Kafka, for instance {@code org.apache.kafka.tools.consumer.ConsoleConsumer}.
     *
     * @param mainClass the program
     * @param arguments its arguments
     * @return the command and its arguments
     */
    public static List<String> command(String mainClass, String... arguments) {
        return command(List.of(), mainClass, arguments);
    }

    private static List<String> command(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", own() + File.pathSeparator + ofKafka(), mainClass));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /** {@return where this class is} */
    private static Path own() {
        URL location = KafkaProgram.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("No file: " + location, e);
        }
    }

    /** {@return the class path that Maven wrote} */
    private static String ofKafka() {
        try (InputStream input = KafkaProgram.class.getResourceAsStream("class-path")) {
            if (input == null) {
                throw new IllegalStateException("The file class-path is missing: build this module with Maven");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read Kafka's class path", e);
        }
    }
}
