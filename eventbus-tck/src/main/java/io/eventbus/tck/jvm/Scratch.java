package io.eventbus.tck.jvm;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for the files of one test. */
public final class Scratch {

    private Scratch() {}

    /**
     * Makes a folder that is deleted after the test, with what is in it then.
     *
     * @param kit the test's kit
     * @return an empty folder
     */
    public static Path folder(Kit kit) {
        try {
            Path folder = Files.createTempDirectory("eventbus-tck-");
            kit.closing(() -> delete(folder));
            return folder;
        } catch (IOException e) {
            throw new Inconclusive("no temporary folder could be made", e);
        }
    }

    /**
     * Deletes a folder.
     *
     * @param folder the folder, and what is in it
     * @throws IOException if something cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
