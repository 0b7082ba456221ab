package io.eventbus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The lines of a reader, read when they are asked for. Not thread-safe. */
final class LineIterator implements Iterator<String> {
    private final LineReader lines;
    private Optional<String> next = Optional.empty();

    LineIterator(LineReader lines) {
        this.lines = lines;
    }

    /**
     * Whether there is another line.
     *
     * @throws CommandFailedException if it cannot be read
     */
    @Override
    public boolean hasNext() {
        try {
            next = next.isPresent() ? next : lines.next();
            return next.isPresent();
        } catch (BadLineException e) {
            throw new CommandFailedException("line " + lines.number() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the lines are at their end");
        }
        String line = next.orElseThrow();
        next = Optional.empty();
        return line;
    }
}
