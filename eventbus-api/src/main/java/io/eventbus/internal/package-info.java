/**
 * The engine: all semantics of the bus, once for all brokers, and all its threads. Nothing here is API; the only way in is
 * {@link io.eventbus.EventBusBuilder#build()}.
 *
 * <p>Publishing: {@code Envelopes} turns an event into a message, {@code PublishPipeline} carries it through one sending
 * session. Consuming: a {@code GroupConsumer} for the bus's group and one for each ephemeral subscription runs one
 * {@code ReceiverSession} after another, which polls for what {@code FlowControl} has room for and puts each delivery as a
 * {@code DeliveryWork} into {@code KeyedLanes}, which runs one event of a key at a time; {@code Verdict} says what becomes
 * of it. {@code Parts} makes these, so that tests can put broken ones in.
 */
@NullMarked
package io.eventbus.internal;

import org.jspecify.annotations.NullMarked;
