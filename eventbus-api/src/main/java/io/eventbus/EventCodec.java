package io.eventbus;

/**
 * Turns payloads into bytes and back. Thread-safe. Never asked about {@link RawEvent}.
 *
 * <p>Nothing in the bytes may choose a class: {@link #decode} makes an instance of the given class or throws.
 */
public interface EventCodec {

    /**
     * The media type of the bytes.
     *
     * @return such as {@code application/json}
     */
    String contentType();

    /**
     * Encodes a payload.
     *
     * @param payload an instance of a registered class
     * @return bytes of the caller's own
     * @throws Exception if that cannot be done; the event is then refused
     */
    byte[] encode(Object payload) throws Exception;

    /**
     * Decodes a payload.
     *
     * @param bytes the payload, not to be changed or kept
     * @param payloadType the registered class
     * @param <T> the registered class
     * @return a fresh instance
     * @throws Exception if the bytes are none; the event then ends in the dead letters
     */
    <T> T decode(byte[] bytes, Class<T> payloadType) throws Exception;
}
