package io.eventbus.spi;

/**
 * What a transport can carry. Sizes are in bytes of UTF-8.
 *
 * @param maxPayload the largest body
 * @param maxHeaders the sum of the names and values of all headers of a message, without those that the bus adds
 * @param maxHeaderName the longest name of a header
 * @param maxRoutingKey the longest routing key
 */
public record Limits(int maxPayload, int maxHeaders, int maxHeaderName, int maxRoutingKey) {}
