package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Turns what the client throws into what the engine understands, and says where it happened. */
final class AmqpErrors {

    private final BrokerUrl url;

    AmqpErrors(BrokerUrl url) {
        this.url = url;
    }

    /** A call that failed, such as opening a session; it sent no message, or none that can ever be delivered. */
    TransportException failed(String what, Exception cause) {
        return new TransportException(kind(cause), Outcome.NOT_ACCEPTED, text(what, reason(cause)), cause);
    }

    /** A session that was running has ended. What conflicts at its beginning is no conflict any more: it may be new. */
    TransportException ended(String what, Outcome outcome, Throwable cause) {
        Kind kind = kind(cause);
        return new TransportException(
                kind == Kind.CONFLICT ? Kind.UNAVAILABLE : kind, outcome, text(what, reason(cause)), cause);
    }

    /** A session is used that has ended before. */
    TransportException over(String what, Throwable cause) {
        return new TransportException(Kind.UNAVAILABLE, Outcome.NOT_ACCEPTED, text(what, reason(cause)), cause);
    }

    /** Something that failed for a reason that no exception of the client stands for. */
    TransportException failure(Kind kind, Outcome outcome, String what, String reason) {
        return new TransportException(kind, outcome, text(what, reason), null);
    }

    /** Whether the broker has no queue or exchange of the name that was asked for. */
    static boolean isNotFound(Throwable cause) {
        return signal(cause).map(AmqpErrors::replyCode).orElse(0) == AMQP.NOT_FOUND;
    }

    /** Whether the queue that was asked for belongs to another connection alone. */
    static boolean isLocked(Throwable cause) {
        return signal(cause).map(AmqpErrors::replyCode).orElse(0) == AMQP.RESOURCE_LOCKED;
    }

    private String text(String what, String reason) {
        return what + " at " + url + ": " + reason;
    }

    private static Kind kind(Throwable cause) {
        if (cause instanceof AuthenticationFailureException || cause instanceof SSLHandshakeException) {
            return Kind.DENIED;
        }
        if (cause instanceof TimeoutException
                || cause instanceof SocketTimeoutException
                || cause instanceof ChannelContinuationTimeoutException) {
            return Kind.TIMEOUT;
        }
        if (cause instanceof IllegalArgumentException) {
            return Kind.REJECTED;
        }
        return kind(signal(cause).map(AmqpErrors::replyCode).orElse(0));
    }

    private static Kind kind(int replyCode) {
        return switch (replyCode) {
            case AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED -> Kind.DENIED;
            case AMQP.CONTENT_TOO_LARGE, AMQP.NO_ROUTE -> Kind.REJECTED;
            case AMQP.PRECONDITION_FAILED -> Kind.CONFLICT;
            case AMQP.FRAME_ERROR,
                    AMQP.SYNTAX_ERROR,
                    AMQP.COMMAND_INVALID,
                    AMQP.CHANNEL_ERROR,
                    AMQP.UNEXPECTED_FRAME,
                    AMQP.NOT_IMPLEMENTED -> Kind.INTERNAL;
            // The connection is lost or the broker shuts down; or a queue was deleted, or is still held by a connection
            // that the broker believes in; or the broker's own parts did not answer in time, which it calls an internal
            // error (as when it makes a quorum queue): another session may find it otherwise.
            default -> Kind.UNAVAILABLE;
        };
    }

    private static String reason(Throwable cause) {
        if (cause instanceof AuthenticationFailureException) {
            return "the login was refused; check user and password in the URL";
        }
        if (cause instanceof UnknownHostException) {
            return "the host name is unknown";
        }
        if (cause instanceof TimeoutException || cause instanceof ChannelContinuationTimeoutException) {
            return "no answer in time";
        }
        return signal(cause).map(AmqpErrors::reason).orElseGet(() -> words(cause));
    }

    private static String reason(ShutdownSignalException signal) {
        Method method = signal.getReason();
        if (method instanceof AMQP.Channel.Close close) {
            return close.getReplyText();
        }
        if (method instanceof AMQP.Connection.Close close) {
            return close.getReplyText();
        }
        return "the connection was lost" + (signal.getCause() == null ? "" : ": " + words(signal.getCause()));
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static int replyCode(ShutdownSignalException signal) {
        Method method = signal.getReason();
        if (method instanceof AMQP.Channel.Close close) {
            return close.getReplyCode();
        }
        return method instanceof AMQP.Connection.Close close ? close.getReplyCode() : 0;
    }

    /** The client wraps the signal in an IOException, and a signal in the signal of what used it later. */
    private static Optional<ShutdownSignalException> signal(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ShutdownSignalException signal) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }
}
