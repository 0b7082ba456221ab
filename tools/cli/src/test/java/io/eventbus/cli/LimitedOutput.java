package io.eventbus.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Takes some lines and then fails, as a pipe does whose reader has gone. */
final class LimitedOutput extends OutputStream {
    private final String message;
    private int room;

    LimitedOutput(int room, String message) {
        this.room = room;
        this.message = message;
    }

    @Override
    public void write(int b) {
        throw new UnsupportedOperationException("lines are written as a whole");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (room == 0) {
            throw new IOException(message);
        }
        room--;
    }
}
