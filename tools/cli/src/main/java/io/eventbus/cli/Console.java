package io.eventbus.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * What a command reads and writes, and the time that it goes by; text is UTF-8, whatever the locale.
 *
 * @param in standard input
 * @param out standard output, not buffered, so that a failure shows with the write that failed
 * @param err standard error; flushes with every line
 * @param clock counts nanoseconds, from whenever
 */
record Console(InputStream in, OutputStream out, PrintWriter err, LongSupplier clock) {

    private static final String NOBODY_READS = "Broken pipe";

    /** That of this process. */
    static Console ofProcess() {
        return new Console(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System::nanoTime);
    }

    /** Whether standard output could not be written since nobody reads it any more, as behind {@code head}. */
    static boolean isUnread(IOException failure) {
        return NOBODY_READS.equals(failure.getMessage());
    }

    /** Standard output for text; flushes with every line. */
    PrintWriter text() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }
}
