package io.eventbus.kafka;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the brokers are and who connects to them.
 *
 * @param servers one or more of {@code host:port}, separated by commas
 * @param login who connects, or null for nobody in particular
 */
record KafkaUrl(String servers, @Nullable Login login) {

    private static final int DEFAULT_PORT = 9092;
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:\\d{1,5})?");

    /** A user and a password. */
    record Login(String user, String password) {

        /** Shows no password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Reads a URL; its query is the engine's. Java takes a list of hosts for an authority without structure, so this takes it
     * apart.
     *
     * @throws IllegalArgumentException with the reason, without any secret
     */
    static KafkaUrl parse(URI url) {
        String authority = url.getRawAuthority();
        String path = url.getRawPath();
        if (authority == null || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw malformed();
        }
        int at = authority.lastIndexOf('@');
        return new KafkaUrl(servers(authority.substring(at + 1)), at < 0 ? null : login(authority.substring(0, at)));
    }

    private static String servers(String list) {
        return Stream.of(list.split(",", -1)).map(KafkaUrl::server).collect(Collectors.joining(","));
    }

    private static String server(String server) {
        if (!SERVER.matcher(server).matches()) {
            throw malformed();
        }
        return server.matches(".*:\\d+") && !server.endsWith("]") ? server : server + ":" + DEFAULT_PORT;
    }

    private static Login login(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "the URL has a user without a password; expected kafka://user:password@host");
        }
        return new Login(decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    }

    /** Decodes percent signs only; a plus sign is a plus sign. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the URL is none of Kafka's; expected kafka://host:port,host:port/ or"
                + " kafka://user:password@host:port, with letters, digits, hyphens and dots in the host names");
    }

    /** The brokers, for people. */
    @Override
    public String toString() {
        return servers;
    }
}
