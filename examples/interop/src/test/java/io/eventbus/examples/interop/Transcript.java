package io.eventbus.examples.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a tool printed, kept for docs/interoperability.md. */
final class Transcript {
    private static final Path DIRECTORY = Path.of("target", "transcripts");

    private Transcript() {}

    static void of(String name, String printed) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(name + ".txt"), printed);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not keep what a tool printed", e);
        }
    }
}
