package io.eventbus.cli.fuzz;

import java.util.List;
import java.util.Map;

/**
 * What is sent.
 *
 * @param attributes CloudEvents attributes by their bare names; each broker's client adds its prefix
 * @param headers other headers, in the order in which they are sent; a name may be there twice
 * @param body the payload
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are what this is for; it is never compared
record Malformed(Map<String, byte[]> attributes, List<Header> headers, byte[] body) {

    /** A header as it is sent; each broker's client makes of the value what the broker can hold. */
    @SuppressWarnings("ArrayRecordComponent") // the same
    record Header(String name, byte[] value) {}
}
