package io.eventbus.tck.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event as one side of the bus sees it. Both sides make theirs from what they hold, so that a difference shows.
 *
 * @param topic the topic's name
 * @param key the event's key, empty if it has none: no order is expected among events without a key
 * @param id the event's id, unique among the events of a run
 * @param contentHash the hash of the event's content, empty if it is not compared
 */
public record EventRef(String topic, String key, String id, String contentHash) {

    /**
     * Makes a reference with the SHA-256 of the content.
     *
     * @param topic the topic's name
     * @param key the event's key, or null if it has none
     * @param id the event's id
     * @param content the bytes to compare between publisher and handler; not kept
     * @return the reference
     */
    public static EventRef of(String topic, @Nullable String key, String id, byte[] content) {
        return new EventRef(topic, key == null ? "" : key, id, sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
