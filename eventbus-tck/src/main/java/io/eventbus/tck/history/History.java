package io.eventbus.tck.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened in a test, in order. Immutable.
 *
 * @param records the lines, by their number
 */
public record History(List<HistoryRecord> records) {

    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(HistoryRecord.class);
    private static final ObjectReader READER = new ObjectMapper().readerFor(HistoryRecord.class);

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the lines are not numbered from 0 without gaps
     */
    public History {
        records = List.copyOf(records);
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).seq() != i) {
                throw new IllegalArgumentException("line " + i + " of a history has number "
                        + records.get(i).seq());
            }
        }
    }

    /**
     * Reads a file of JSON lines as {@link #write} makes it.
     *
     * @param file the file
     * @return the history
     * @throws IOException if the file cannot be read, or a line is not one of a history: the message names the line
     * @throws IllegalArgumentException if lines are missing or out of order
     */
    public static History read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<HistoryRecord> records = new ArrayList<>(lines.size());
        for (String line : lines) {
            records.add(parse(line, file, records.size() + 1));
        }
        return new History(records);
    }

    /**
     * Puts what several recorders of one origin wrote into one history.
     *
     * @param records their lines, those of each recorder in its order
     * @return all of them by their time, numbered anew
     */
    public static History merged(List<HistoryRecord> records) {
        List<HistoryRecord> byTime = new ArrayList<>(records);
        byTime.sort(Comparator.comparingLong(HistoryRecord::time));
        for (int i = 0; i < byTime.size(); i++) {
            byTime.set(i, byTime.get(i).numbered(i));
        }
        return new History(byTime);
    }

    /** A record as a file has it, without the end of the line. */
    static String line(HistoryRecord record) throws IOException {
        return WRITER.writeValueAsString(record);
    }

    static HistoryRecord parse(String line, Path file, int number) throws IOException {
        try {
            return READER.readValue(line);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ", line " + number + ", is not a line of a history: " + line, e);
        }
    }

    /**
     * Writes one JSON object a line, in UTF-8, with the fields of {@link HistoryRecord} by name.
     *
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (HistoryRecord record : records) {
                out.write(line(record));
                out.write('\n');
            }
        }
    }

    /**
     * Selects lines by what happened.
     *
     * @param op what happened
     * @return these lines in order
     */
    public Stream<HistoryRecord> with(Op op) {
        return records.stream().filter(record -> record.op() == op);
    }
}
