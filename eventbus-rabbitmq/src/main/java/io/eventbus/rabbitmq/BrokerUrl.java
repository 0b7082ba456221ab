package io.eventbus.rabbitmq;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the broker is and who connects to it. */
record BrokerUrl(boolean tls, String host, int port, String user, String password, String vhost) {

    static final String TLS_SCHEME = "amqps";
    private static final String ROOT_VHOST = "/";
    private static final String DEFAULT_USER = "guest";

    /**
     * Reads a URL; its query is the engine's.
     *
     * @throws IllegalArgumentException with the reason, without any secret
     */
    static BrokerUrl parse(URI url) {
        boolean tls = TLS_SCHEME.equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 5671 : 5672;
        String[] login = login(url.getRawUserInfo());
        return new BrokerUrl(tls, host(url), port, login[0], login[1], vhost(url.getRawPath()));
    }

    private static String host(URI url) {
        String host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException(
                    "the URL has no valid host name; expected amqp://user:password@host:port/vhost, and letters, digits,"
                            + " hyphens and dots in the host name");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String[] login(@Nullable String userInfo) {
        if (userInfo == null) {
            return new String[] {DEFAULT_USER, DEFAULT_USER};
        }
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "the URL has a user without a password; expected amqp://user:password@host");
        }
        return new String[] {decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1))};
    }

    private static String vhost(@Nullable String path) {
        if (path == null || path.length() <= 1) {
            return ROOT_VHOST;
        }
        if (path.indexOf('/', 1) > 0) {
            throw new IllegalArgumentException("the URL's path " + path
                    + " has more than one part; it is the name of a vhost, in which / is written %2F");
        }
        return decode(path.substring(1));
    }

    /** Decodes percent signs only; a plus sign is a plus sign. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The broker and the vhost, for people. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + ", vhost " + vhost;
    }
}
