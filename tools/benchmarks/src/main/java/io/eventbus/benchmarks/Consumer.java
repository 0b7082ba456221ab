package io.eventbus.benchmarks;

import java.io.IOException;

/** Consumes until it is closed. What was handled by then is settled, what else it was sent goes back. */
interface Consumer extends AutoCloseable {

    @Override
    void close() throws IOException;
}
