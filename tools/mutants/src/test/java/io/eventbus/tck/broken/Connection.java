package io.eventbus.tck.broken;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** A session's connection to its broker. Asked by one thread; closing is for any. */
final class Connection implements AutoCloseable {

    /** To wait for an answer as long as it takes. */
    static final Duration FOR_EVER = Duration.ZERO;

    private final Socket plain = new Socket();
    private final SocketUpgrade upgrade;
    private final Mailbox mailbox;
    private final Duration patience;
    private volatile Socket socket = plain;

    /** What becomes of a socket that is connected, before anything is said. */
    interface SocketUpgrade {

        Socket upgrade(Socket connected, InetSocketAddress address) throws IOException;
    }

    /**
     * Connects to nothing yet.
     *
     * @param upgrade what becomes of its socket
     * @param patience how long an answer may take
     * @param atEnd what the broker does when it sees the end of the connection
     */
    Connection(SocketUpgrade upgrade, Duration patience, Runnable atEnd) {
        this.upgrade = upgrade;
        this.patience = patience;
        this.mailbox = new Mailbox(atEnd);
    }

    /** Connects, and waits until the broker has answered. */
    void open(InetSocketAddress address, Duration within) {
        try {
            plain.connect(new InetSocketAddress(address.getHostString(), address.getPort()), (int) within.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) within.toMillis());
            socket = upgrade.upgrade(plain, address);
            new DataOutputStream(socket.getOutputStream()).writeLong(mailbox.offer());
            awaitAnswer(within);
        } catch (SSLException e) {
            close();
            throw Failures.denied("the certificate of " + address);
        } catch (IOException e) {
            close();
            throw Failures.lost("no connection to " + address, e);
        } finally {
            mailbox.remove();
        }
    }

    /** Has the broker do something that it does at once. */
    <T> T ask(Supplier<T> question) {
        return ask(question, Duration.ZERO);
    }

    /** Has the broker do something that may take a while. Without an answer nobody knows whether it was done. */
    <T> T ask(Supplier<T> question, Duration work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.put(() -> answer(question, answer));
        try {
            socket.getOutputStream().write(Mailbox.RING);
            awaitAnswer(patience.equals(FOR_EVER) ? FOR_EVER : patience.plus(work));
        } catch (IOException e) {
            close();
            throw Failures.lost("no answer", e);
        }
        return result(answer);
    }

    private static <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static <T> T result(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private void awaitAnswer(Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        int said = Mailbox.NOTHING;
        while (said == Mailbox.NOTHING) {
            said = socket.getInputStream().read();
        }
        if (said < 0) {
            throw new EOFException("the broker has ended the connection");
        }
    }

    boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
