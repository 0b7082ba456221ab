package io.eventbus.tck.net;

/**
 * What a {@link TcpProxy} has counted.
 *
 * @param accepted connections accepted since the start, those that were reset at once included
 * @param live connections open now
 * @param bytesToTarget bytes forwarded from clients to the target since the start
 * @param bytesToClient bytes forwarded from the target to clients since the start
 */
public record ProxyTraffic(long accepted, int live, long bytesToTarget, long bytesToClient) {}
