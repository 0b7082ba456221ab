/**
 * A broker inside the JVM: what it took stays in the memory of the process, as bytes and never as references.
 *
 * <p>The one public type is {@link io.eventbus.inmemory.MemoryTransportProvider}, which says what URLs and options there
 * are. A {@code MemoryBroker} holds topics, a {@code MemoryTopic} a {@code GroupQueue} for each group, and that the
 * messages, the {@code Member}s that share them, and the {@code DeadLetterStore}. Locks are taken in this order: transport,
 * broker, topic, queue.
 */
@NullMarked
package io.eventbus.inmemory;

import org.jspecify.annotations.NullMarked;
