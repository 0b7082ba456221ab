package io.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of 127.0.0.1 for a Kafka and for the proxies in front of it. They are many, so that two that start at once and pick
 * what is free would meet; and nobody listens at those of the proxies yet. The first port of the block is taken instead, for
 * as long as this is open.
 */
final class PortBlock implements AutoCloseable {
    /** How many proxies there is room for. */
    static final int PROXIES = 120;

    /** What a broker needs besides a listener for each proxy: for clients, for itself, for its controller. */
    static final int ALWAYS = 3;

    private static final int SIZE = 1 + ALWAYS + 2 * PROXIES;
    private static final int BLOCKS = (Ports.END - Ports.END_OF_SINGLE) / SIZE;
    private static final int ATTEMPTS = 100;

    private final ServerSocket first;

    private PortBlock(ServerSocket first) {
        this.first = first;
    }

    static PortBlock reserve() {
        for (int attempt = 1; true; attempt++) {
            int block = ThreadLocalRandom.current().nextInt(BLOCKS);
            int port = Ports.END_OF_SINGLE + block * SIZE;
            try {
                return reserve(port);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("No block of ports is free", e);
                }
            }
        }
    }

    /** Another program may have one of the others. */
    private static PortBlock reserve(int port) throws IOException {
        PortBlock block = new PortBlock(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        if (!Ports.areFree(block.ports(1, SIZE - 1))) {
            block.close();
            throw new BindException("a port from " + port + " on is taken");
        }
        return block;
    }

    /** {@return the ports for a broker with so many listeners for proxies} */
    List<Integer> ofBroker(int proxies) {
        return ports(1, ALWAYS + proxies);
    }

    /** {@return the ports for so many proxies} */
    List<Integer> ofProxies(int proxies) {
        return ports(1 + ALWAYS + PROXIES, proxies);
    }

    private List<Integer> ports(int from, int count) {
        int port = first.getLocalPort() + from;
        return IntStream.range(port, port + count).boxed().toList();
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
