package io.eventbus.redis;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where the broker is and who connects to it.
 *
 * @param path the socket's path on this machine, or null if the broker is reached by TCP
 * @param user the user, or null for Redis's default one
 * @param password the password, or null for no login
 */
record RedisUrl(
        boolean tls,
        HostAndPort node,
        @Nullable String path,
        @Nullable String user,
        @Nullable String password,
        int database) {

    static final String SCHEME = "redis";
    static final String TLS_SCHEME = "rediss";
    static final String PATH_SCHEME = "unix";

    private static final int PORT = 6379;

    /**
     * Reads a URL; its query is the engine's.
     *
     * @param database the database that the options name, or an empty text
     * @throws IllegalArgumentException with the reason, without any secret
     */
    static RedisUrl parse(URI url, String database) {
        return PATH_SCHEME.equals(url.getScheme()) ? local(url, database) : remote(url, database);
    }

    private static RedisUrl remote(URI url, String database) {
        String host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException(
                    "the URL has no valid host name; expected redis://user:password@host:port/database, and letters,"
                            + " digits, hyphens and dots in the host name");
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("^/", "");
        if (!path.isEmpty() && !database.isEmpty() && !path.equals(database)) {
            throw new IllegalArgumentException("the URL's path is another database than "
                    + RedisTransportProvider.DATABASE.name() + "; give one of them");
        }
        Login login = Login.parse(url.getRawUserInfo());
        int port = url.getPort() >= 0 ? url.getPort() : PORT;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new RedisUrl(
                TLS_SCHEME.equals(url.getScheme()),
                new HostAndPort(bare, port),
                null,
                login.user(),
                login.password(),
                number(path.isEmpty() ? database : path));
    }

    private static RedisUrl local(URI url, String database) {
        String path = url.getPath();
        if (path == null || path.length() < 2) {
            throw new IllegalArgumentException(
                    "the URL has no path; expected unix:/path/of/the.sock or unix://user:password@/path/of/the.sock");
        }
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        if (!authority.isEmpty() && !authority.endsWith("@")) {
            throw new IllegalArgumentException(
                    "the URL has a host, which a socket on this machine has not; expected unix:/path/of/the.sock");
        }
        Login login = Login.parse(authority.isEmpty() ? null : authority.substring(0, authority.length() - 1));
        return new RedisUrl(false, new HostAndPort(path, 0), path, login.user(), login.password(), number(database));
    }

    private static int number(String database) {
        if (!database.matches("\\d{0,5}")) {
            throw new IllegalArgumentException(
                    "the database, in the URL's path or in " + RedisTransportProvider.DATABASE.name()
                            + ", is no number; expected something like redis://host:6379/1");
        }
        return database.isEmpty() ? 0 : Integer.parseInt(database);
    }

    /** The broker and the database, for people. */
    @Override
    public String toString() {
        return (path == null ? node.toString() : path) + ", database " + database;
    }

    /** Who connects. */
    private record Login(@Nullable String user, @Nullable String password) {

        static Login parse(@Nullable String userInfo) {
            if (userInfo == null || userInfo.isEmpty()) {
                return new Login(null, null);
            }
            int colon = userInfo.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "the URL has a user without a password; expected redis://user:password@host or redis://:password@host");
            }
            String user = decode(userInfo.substring(0, colon));
            return new Login(user.isEmpty() ? null : user, decode(userInfo.substring(colon + 1)));
        }

        /** Decodes percent signs only; a plus sign is a plus sign. */
        private static String decode(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
