package io.eventbus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a stream of UTF-8, one at a time: memory for one line, however long the stream. Not thread-safe. */
final class LineReader {
    /** Far above what a broker takes as one message; a longer line is skipped, not kept. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final int maxBytes;
    private long number;

    LineReader(InputStream in) {
        this(in, MAX_LINE_BYTES);
    }

    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The number of the line that was read last, counted from 1. */
    long number() {
        return number;
    }

    /**
     * The next line.
     *
     * @return without its end; empty at the end of the stream
     * @throws BadLineException if the line is not text or too long; reading may go on after it
     */
    Optional<String> next() throws IOException, BadLineException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        number++;
        String line = decode(bytes(first));
        return Optional.of(number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
    }

    private byte[] bytes(int first) throws IOException, BadLineException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        for (int next = first; next >= 0 && next != '\n'; next = in.read()) {
            length++;
            if (length <= maxBytes) {
                line.write(next);
            }
        }
        if (length > maxBytes) {
            throw new BadLineException("the line has " + length + " bytes; at most " + maxBytes + " are read");
        }
        return line.toByteArray();
    }

    private static String decode(byte[] bytes) throws BadLineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadLineException("the line is not UTF-8");
        }
    }
}
