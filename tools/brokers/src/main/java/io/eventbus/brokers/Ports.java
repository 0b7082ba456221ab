package io.eventbus.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on 127.0.0.1, below those that the system gives to outgoing connections: there a client that reconnects to
 * a dead broker could be given the broker's own port, connect to itself, and keep the broker from coming back.
 */
final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;

    private Ports() {}

    /** {@return different ports that were free a moment ago; another program may take one before the caller does} */
    static List<Integer> free(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    /** {@return whether no program has any of these ports} */
    static boolean areFree(List<Integer> ports) {
        return ports.stream().allMatch(Ports::isFree);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
