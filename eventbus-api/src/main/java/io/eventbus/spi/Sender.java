package io.eventbus.spi;

import java.util.concurrent.CompletionStage;

/**
 * A sending session. Opened, used and closed by one engine thread; the stages that it returns may complete on any
 * thread.
 *
 * <p>Messages arrive at their destination in the order in which they were sent. When a send fails with
 * {@link TransportException.Kind#UNAVAILABLE} the session is over: every send after it fails too, and {@link #close}
 * completes whatever is still open.
 */
public interface Sender extends AutoCloseable {

    /**
     * Sends one message. Returns without waiting for the broker; it may wait for room on the way to it.
     *
     * @param destination where to
     * @param message what to send; its body is not changed by anyone until the stage completes
     * @return completes well when the broker has taken responsibility, else with a {@link TransportException} whose
     *     outcome is truthful: {@code NOT_ACCEPTED} only if the message can never be delivered
     */
    CompletionStage<Void> send(Destination destination, Message message);

    /**
     * Called after the last message of a burst, until when a client that batches may hold messages back, and at least every
     * second, so that a session that has ended is noticed.
     *
     * @throws TransportException if the session is over
     */
    void flush();

    /** Ends the session and completes every open send truthfully. Idempotent; throws nothing. */
    @Override
    void close();
}
