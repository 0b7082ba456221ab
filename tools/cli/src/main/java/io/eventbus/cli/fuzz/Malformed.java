package io.eventbus.cli.fuzz;

import java.util.Map;

/**
 * What is sent.
 *
 * @param attributes CloudEvents attributes by their bare names; each broker's client adds its prefix
 * @param headers other headers
 * @param body the payload
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are what this is for; it is never compared
record Malformed(Map<String, byte[]> attributes, Map<String, byte[]> headers, byte[] body) {}
