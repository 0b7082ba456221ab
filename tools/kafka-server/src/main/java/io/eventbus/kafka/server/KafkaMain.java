package io.eventbus.kafka.server;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** Formats the directory of a Kafka broker if it is new, and becomes the broker: two programs of Kafka in one JVM. */
final class KafkaMain {
    /** Any one will do: a cluster of one node meets no other. */
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";

    private KafkaMain() {}

    /**
     * The program.
     *
     * @param arguments the file with the broker's properties
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        String file = arguments[0];
        if (!Files.exists(dataDirectory(file).resolve("meta.properties"))) {
            int status = StorageTool.execute(new String[] {"format", "-t", CLUSTER_ID, "-c", file}, System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
        Kafka.main(new String[] {file});
    }

    private static Path dataDirectory(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream input = new FileInputStream(file)) {
            properties.load(input);
        }
        return Path.of(properties.getProperty("log.dirs"));
    }
}
