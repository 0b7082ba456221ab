package io.eventbus.brokers;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Redis is started, besides its address and directory.
 *
 * @param cluster whether it is a cluster, of this one node
 * @param arguments further ones of redis-server; the last of two alike counts
 */
record RedisSettings(boolean cluster, List<String> arguments) {
    /**
     * The disk has the data before a command is answered, so that a kill loses none; no fork rewrites the log. With everysec the
     * system would have it, but not while the last fsync still runs: then Redis answers first and writes up to two seconds later.
     */
    private static final List<String> DURABLE = List.of(
            "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0");

    /** {@return how many ports it needs} */
    int ports() {
        return cluster ? 2 : 1;
    }

    /** {@return the arguments of redis-server when clients reach it at this host and the first of these ports} */
    List<String> commandLine(String host, List<Integer> ports) {
        List<String> all = new ArrayList<>(List.of("--port", ports.get(0).toString()));
        all.addAll(DURABLE);
        if (cluster) {
            // Clients go where a cluster sends them, and by itself it does not know where it is reached.
            all.addAll(List.of("--cluster-enabled", "yes", "--cluster-announce-ip", host));
            all.addAll(List.of("--cluster-port", ports.get(1).toString()));
        }
        all.addAll(arguments);
        return List.copyOf(all);
    }

    /** Does what a client needs; it throws while Redis cannot serve. */
    void probe(URI url) throws IOException {
        try (RedisProbe probe = RedisProbe.connect(url)) {
            if (cluster) {
                probe.formCluster();
            } else {
                probe.ping();
            }
        }
    }
}
