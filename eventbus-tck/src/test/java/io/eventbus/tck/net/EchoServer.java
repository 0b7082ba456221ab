package io.eventbus.tck.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.eventbus.tck.Collected;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** Greets with its name, sends back what it gets, and remembers how each connection ended. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket server;
    private final String name;

    /** One element for each connection accepted. */
    final Collected<Socket> accepted = new Collected<>();

    /** One element for each connection that ended: empty at the end of the stream, else what broke it. */
    final Collected<Optional<IOException>> ended = new Collected<>();

    EchoServer(String name) throws IOException {
        this.name = name;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::acceptAll);
    }

    int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                start("echo", () -> ended.add(echo(socket)));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private Optional<IOException> echo(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(name.getBytes(US_ASCII));
            InputStream in = socket.getInputStream();
            in.transferTo(socket.getOutputStream());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static void start(String what, Runnable task) {
        Thread thread = new Thread(task, "echo-server-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : accepted.snapshot()) {
            socket.close();
        }
    }
}
