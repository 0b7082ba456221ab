package io.eventbus.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Free ports on 127.0.0.1, below those that the system gives to outgoing connections: there a client that reconnects to
 * a dead broker could be given the broker's own port, connect to itself, and keep the broker from coming back.
 */
final class Ports {
    /** Behind the last port that is given to one listener; what follows is for {@link PortBlock}. */
    static final int END_OF_SINGLE = 20_000;

    /** Behind the last port that is not the system's to give. */
    static final int END = 32_000;

    private static final int FIRST = 10_000;
    private static final int ATTEMPTS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    private Ports() {}

    /** {@return different ports that were free a moment ago; another program may take one before the caller does} */
    static List<Integer> free(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END_OF_SINGLE);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    /**
     * Launches something that needs ports, again with others when another program took one of them meanwhile.
     *
     * @param choices free ports
     * @param launch takes the ports, or throws and leaves nothing behind
     */
    static <T> T use(Supplier<List<Integer>> choices, Function<List<Integer>, T> launch) {
        for (int attempt = 1; true; attempt++) {
            List<Integer> ports = choices.get();
            try {
                return launch.apply(ports);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || areFree(ports)) {
                    throw e;
                }
                LOG.debug("another program took one of the ports {}; trying others", ports, e);
            }
        }
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
