package io.eventbus.tck.history;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
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
     * Makes a reference with a hash of the content: 64 bits, which damage changes and nobody forges.
     *
     * @param topic the topic's name
     * @param key the event's key, or null if it has none
     * @param id the event's id
     * @param content the bytes to compare between publisher and handler; not kept
     * @return the reference
     */
    public static EventRef of(String topic, @Nullable String key, String id, byte[] content) {
        return new EventRef(topic, key == null ? "" : key, id, hash(content));
    }

    private static String hash(byte[] content) {
        return HexFormat.of().toHexDigits(value(new CRC32(), content) << Integer.SIZE | value(new CRC32C(), content));
    }

    private static long value(Checksum checksum, byte[] content) {
        checksum.update(content);
        return checksum.getValue();
    }
}
