package io.eventbus.tck.history;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The lines that a recorder in another JVM writes, read while it writes them. A line that was not finished, because its writer
 * was killed, is left out. Used by one thread.
 */
public final class HistoryFile {

    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final UnaryOperator<String> shared;
    private long position;
    private int lines;

    /**
     * Begins at the first line.
     *
     * @param file what {@link HistoryRecorder#writingTo} writes; it need not exist yet
     * @param shared gives one text for all equal ones, to save memory
     */
    public HistoryFile(Path file, UnaryOperator<String> shared) {
        this.file = file;
        this.shared = shared;
    }

    /**
     * Reads on.
     *
     * @return the lines that were finished since the last call, in order
     * @throws IOException if the file cannot be read, or a line is not one of a history
     */
    public List<HistoryRecord> readOn() throws IOException {
        List<HistoryRecord> records = new ArrayList<>();
        for (byte[] whole = nextLines(); whole.length > 0; whole = nextLines()) {
            for (String line : new String(whole, StandardCharsets.UTF_8).lines().toList()) {
                lines++;
                records.add(History.parse(line, file, lines).sharing(shared));
            }
        }
        return records;
    }

    /** As many whole lines as fit into a chunk, or nothing. */
    private byte[] nextLines() throws IOException {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] chunk = new byte[(int) Math.min(CHUNK, in.length() - position)];
            in.seek(position);
            in.readFully(chunk);
            int end = chunk.length;
            while (end > 0 && chunk[end - 1] != '\n') {
                end--;
            }
            position += end;
            return Arrays.copyOf(chunk, end);
        }
    }
}
