package io.eventbus.benchmarks;

import java.io.InterruptedIOException;

/** A thread for clients that have none: polls again and again, until it is closed. */
final class ConsumerThread implements Consumer {

    /** What a client does there; no other thread touches it. */
    interface Source extends AutoCloseable {

        /** Handles what there is, or waits for a moment. */
        void poll();

        /** Settles what was handled. */
        @Override
        void close();
    }

    private final Thread thread;
    private volatile boolean closed;

    ConsumerThread(Source source) {
        thread = new Thread(() -> run(source), "raw-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Source source) {
        try (source) {
            while (!closed) {
                source.poll();
            }
        }
    }

    @Override
    public void close() throws InterruptedIOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a consumer to end");
        }
    }
}
