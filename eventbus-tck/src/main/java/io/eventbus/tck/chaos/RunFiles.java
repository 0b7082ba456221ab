package io.eventbus.tck.chaos;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one run, which no run before it has had, nor one beside it.
 *
 * @param history the history; there, and empty
 * @param script the script that fails; not there
 */
record RunFiles(Path history, Path script) {

    /**
     * Takes the first name that is free: the given one, or with a number from 2 on.
     *
     * @param folder where the files are to be, made if need be
     * @param name what their names begin with
     * @throws IOException if nothing can be written there
     */
    static RunFiles claim(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        for (int number = 1; ; number++) {
            String numbered = number == 1 ? name : name + "-run" + number;
            RunFiles files = new RunFiles(folder.resolve(numbered + ".jsonl"), folder.resolve(numbered + ".script"));
            if (Files.notExists(files.script()) && isNew(files.history())) {
                return files;
            }
        }
    }

    private static boolean isNew(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
