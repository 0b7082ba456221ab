package io.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of 127.0.0.1 that are kept for listeners to come. Nobody listens on them yet, so a look whether they are free
 * would not keep them; the first port of the block is taken instead, for as long as this is open.
 */
final class PortBlock implements AutoCloseable {
    /** The ports in a block, besides the first. */
    static final int SIZE = 63;

    private static final int BLOCKS = (Ports.END - Ports.END_OF_SINGLE) / (SIZE + 1);
    private static final int ATTEMPTS = 100;

    private final ServerSocket first;

    private PortBlock(ServerSocket first) {
        this.first = first;
    }

    static PortBlock reserve() {
        for (int attempt = 1; true; attempt++) {
            int block = ThreadLocalRandom.current().nextInt(BLOCKS);
            int port = Ports.END_OF_SINGLE + block * (SIZE + 1);
            try {
                return new PortBlock(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("No block of ports is free", e);
                }
            }
        }
    }

    /** {@return the first so many of its ports} */
    List<Integer> ports(int count) {
        int port = first.getLocalPort();
        return IntStream.rangeClosed(port + 1, port + count).boxed().toList();
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not give back a block of ports", e);
        }
    }
}
