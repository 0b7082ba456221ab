package io.eventbus.brokers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks whether Kafka serves: its port is open some time before, and says "no broker here" in between. */
final class KafkaProbe {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int METADATA = 3;
    private static final int VERSION = 4;

    /** That of the request, which the answer repeats. */
    static final int NUMBER = 1;

    private KafkaProbe() {}

    /** Asks whether a broker is in service, and whether it listens everywhere: it opens one port after the other. */
    static void usable(KafkaNode node) throws IOException {
        metadata(node.host(), node.plainPort());
        for (int port : node.ports()) {
            connect(node.host(), port);
        }
    }

    /** Connects, and closes again. */
    static void connect(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        }
    }

    /** Asks a port without security for the brokers of the cluster, and throws if there is none. */
    static void metadata(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request());
            DataInputStream reply = new DataInputStream(socket.getInputStream());
            // Its length, the number of the request, the milliseconds for which we were throttled.
            reply.skipNBytes(12);
            if (reply.readInt() == 0) {
                throw new IOException("Kafka has not put its broker into service yet");
            }
        }
    }

    /** {@return a question for the brokers of the cluster, with the number {@value #NUMBER}} */
    static byte[] request() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(body);
        fields.writeShort(METADATA);
        fields.writeShort(VERSION);
        fields.writeInt(NUMBER);
        fields.writeUTF("probe");
        // Of no topic, and none is to be made.
        fields.writeInt(0);
        fields.writeBoolean(false);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        new DataOutputStream(request).writeInt(body.size());
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }
}
