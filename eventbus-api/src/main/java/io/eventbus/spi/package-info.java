/**
 * What a broker must offer to carry the bus: the bottom layer, which imports nothing else of this project.
 *
 * <p>A transport is found as a {@link io.eventbus.spi.TransportProvider} by {@link java.util.ServiceLoader}. It makes a
 * {@link io.eventbus.spi.Transport}, which opens {@linkplain io.eventbus.spi.Sender senders} and
 * {@linkplain io.eventbus.spi.Receiver receivers}. These move bytes, settle {@linkplain io.eventbus.spi.Delivery
 * deliveries} and answer questions; they do nothing else. Retry, order, dispatch, dead-lettering, encoding, statistics,
 * reconnection and shutdown belong to the engine above, so that they cannot differ from broker to broker.
 *
 * <p>Rules for every implementation:
 *
 * <ul>
 *   <li>It makes no thread, keeps no timer, never sleeps and never tries again. The client library's own recovery is
 *       switched off. A session that breaks throws {@link io.eventbus.spi.TransportException}; the engine closes it and
 *       opens another.
 *   <li>{@code close()} of every type is idempotent, bounded in time and throws nothing.
 *   <li>A name that the broker cannot hold is refused, never changed so that two names could become one; see
 *       {@link io.eventbus.spi.NameEscape}.
 * </ul>
 */
@NullMarked
package io.eventbus.spi;

import org.jspecify.annotations.NullMarked;
