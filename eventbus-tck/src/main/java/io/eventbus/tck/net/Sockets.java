package io.eventbus.tck.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** The two ways to end a connection. Neither throws, since the socket is gone either way. */
final class Sockets {

    private Sockets() {}

    /** Closes at once; the peer sees a reset. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // closed already
        }
        close(socket);
    }

    /** Closes in order; the peer sees the end of the stream. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing that a caller could do
        }
    }
}
