package io.eventbus.kafka;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns what the client throws into what the engine understands, and says where it happened. */
record KafkaErrors(KafkaUrl url) {

    /** A call that failed and sent no message, such as opening a session or a question. */
    TransportException failed(String what, Throwable cause) {
        Throwable root = unwrap(cause);
        return new TransportException(kind(root), Outcome.NOT_ACCEPTED, text(what, reason(root)), root);
    }

    /**
     * A message that was on its way when the client gave up on it, or that the broker refused. A login that fails says nothing
     * of what was sent before: the client logs in again when it sends again.
     */
    TransportException notConfirmed(String what, Throwable cause) {
        Throwable root = unwrap(cause);
        boolean refused = kind(root) == Kind.REJECTED || root instanceof AuthorizationException;
        return lost(what, refused ? Outcome.NOT_ACCEPTED : Outcome.UNKNOWN, cause);
    }

    /** Something that failed in a session, which is over if the broker does not answer: another may reach it. */
    TransportException lost(String what, Outcome outcome, Throwable cause) {
        Throwable root = unwrap(cause);
        Kind kind = kind(root);
        return new TransportException(
                kind == Kind.TIMEOUT ? Kind.UNAVAILABLE : kind, outcome, text(what, reason(root)), root);
    }

    /** Something that failed for a reason that no exception of the client stands for. */
    TransportException failure(Kind kind, Outcome outcome, String what, String reason) {
        return new TransportException(kind, outcome, text(what, reason), null);
    }

    /** What the client found, without what it wrapped it in. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof ExecutionException
                || (failure instanceof KafkaException && !(failure instanceof ApiException));
        return cause != null && wrapped ? unwrap(cause) : failure;
    }

    private String text(String what, String reason) {
        return what + " at " + url + ": " + reason;
    }

    private static Kind kind(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return Kind.DENIED;
        }
        if (cause instanceof BufferExhaustedException) {
            return Kind.FULL;
        }
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return Kind.TIMEOUT;
        }
        if (isRefusal(cause)) {
            return Kind.REJECTED;
        }
        return cause instanceof UnsupportedVersionException ? Kind.INTERNAL : Kind.UNAVAILABLE;
    }

    private static boolean isRefusal(Throwable cause) {
        return isOfSettings(cause)
                || cause instanceof RecordTooLargeException
                || cause instanceof SerializationException
                || cause instanceof InvalidRecordException
                || cause instanceof InvalidTopicException
                || cause instanceof OffsetMetadataTooLarge
                || cause instanceof PolicyViolationException;
    }

    /** Too few brokers for the copies of a topic is none, though the client has it so: while they start, they are all fenced. */
    private static boolean isOfSettings(Throwable cause) {
        return cause instanceof InvalidConfigurationException && !(cause instanceof InvalidReplicationFactorException);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof ConfigException) {
            return "the client cannot be made: " + cause.getMessage();
        }
        if (cause instanceof BufferExhaustedException) {
            return "the broker takes less than is sent, and the client's buffer is full: " + cause.getMessage();
        }
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return "no answer in time" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
