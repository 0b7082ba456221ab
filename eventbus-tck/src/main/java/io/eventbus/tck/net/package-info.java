/**
 * The network that the kit breaks on purpose.
 *
 * <p>{@link io.eventbus.tck.net.TcpProxy} stands between a transport and its broker, in one of the
 * {@linkplain io.eventbus.tck.net.ProxyMode modes}, and counts what passes as {@link io.eventbus.tck.net.ProxyTraffic}.
 */
@NullMarked
package io.eventbus.tck.net;

import org.jspecify.annotations.NullMarked;
