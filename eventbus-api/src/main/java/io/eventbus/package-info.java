/**
 * What an application sees of the bus.
 *
 * <p>{@link io.eventbus.EventBus#builder()} makes an {@link io.eventbus.EventBus} for one topic and, if it is to share
 * work, one group. {@linkplain io.eventbus.EventType Annotated} or {@linkplain io.eventbus.EventDefinition defined}
 * payload classes are published as they are or inside an {@link io.eventbus.Event}, the envelope; handlers get the
 * {@link io.eventbus.Event} back. What is not registered travels as {@link io.eventbus.RawEvent}. Everything that can go
 * wrong is an {@link io.eventbus.EventBusException}.
 *
 * <p>No class of a broker appears here: which broker it is follows from the URL.
 */
@NullMarked
package io.eventbus;

import org.jspecify.annotations.NullMarked;
