package io.eventbus.redis;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Turns what Redis and its client say into what the engine understands, and says where it happened. */
final class RedisErrors {

    private final RedisUrl url;

    RedisErrors(RedisUrl url) {
        this.url = url;
    }

    /** A call that failed, such as opening a session; it sent no message, or none that can ever be delivered. */
    TransportException failed(String what, Throwable cause) {
        return new TransportException(kind(cause), Outcome.NOT_ACCEPTED, text(what, reason(cause)), cause);
    }

    /** A session has ended: what broke it, or what makes going on impossible, another session may find otherwise. */
    TransportException ended(String what, Outcome outcome, Throwable cause) {
        Kind kind = kind(cause) == Kind.DENIED ? Kind.DENIED : Kind.UNAVAILABLE;
        return new TransportException(kind, outcome, text(what, reason(cause)), cause);
    }

    /** Something that failed for a reason that no exception of the client stands for. */
    TransportException failure(Kind kind, Outcome outcome, String what, String reason) {
        return new TransportException(kind, outcome, text(what, reason), null);
    }

    /** The word that Redis's errors begin with; empty for what Redis did not say. */
    static String code(Throwable cause) {
        String message = cause instanceof JedisDataException && cause.getMessage() != null ? cause.getMessage() : "";
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    /** Whether Redis was given a password that nobody has set, for which it has no code of its own. */
    private static boolean isNeedlessLogin(Throwable cause) {
        return cause instanceof JedisDataException
                && String.valueOf(cause.getMessage()).startsWith("ERR AUTH ");
    }

    private String text(String what, String reason) {
        return what + " at " + url + ": " + reason;
    }

    private static Kind kind(Throwable cause) {
        if (isNeedlessLogin(cause)) {
            return Kind.DENIED;
        }
        if (cause instanceof JedisDataException) {
            return kind(code(cause));
        }
        if (has(cause, SSLHandshakeException.class)) {
            return Kind.DENIED;
        }
        return has(cause, SocketTimeoutException.class) ? Kind.TIMEOUT : Kind.UNAVAILABLE;
    }

    /** An error of Redis means that the command was not executed. */
    private static Kind kind(String code) {
        return switch (code) {
            case "NOPERM", "NOAUTH", "WRONGPASS", "DENIED" -> Kind.DENIED;
            case "WRONGTYPE" -> Kind.CONFLICT;
            case "OOM", "MISCONF", "NOREPLICAS", "BUSY" -> Kind.FULL;
            // It starts, or is not the one to write to, or what the session needs was deleted.
            case "LOADING",
                    "READONLY",
                    "MASTERDOWN",
                    "MOVED",
                    "ASK",
                    "TRYAGAIN",
                    "CLUSTERDOWN",
                    "NOGROUP",
                    "UNBLOCKED" -> Kind.UNAVAILABLE;
            default -> Kind.INTERNAL;
        };
    }

    private static String reason(Throwable cause) {
        if (has(cause, UnknownHostException.class)) {
            return "the host name is unknown";
        }
        if (has(cause, SocketTimeoutException.class)) {
            return "no answer in time";
        }
        if (isNeedlessLogin(cause)) {
            return "the URL has a password and no user, and this Redis has no password; take it out of the URL";
        }
        return switch (code(cause)) {
            case "WRONGPASS", "NOAUTH" ->
                "the login was refused; check user and password in the URL (" + cause.getMessage() + ")";
            case "NOGROUP", "UNBLOCKED" -> "the stream or the group was deleted (" + cause.getMessage() + ")";
            default -> words(cause);
        };
    }

    private static String words(Throwable cause) {
        Throwable root = cause;
        while (!(root instanceof JedisDataException) && root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    private static boolean has(Throwable cause, Class<? extends Throwable> type) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
