package io.eventbus;

import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A checked configuration of a bus, whichever way it was given. Made by {@link EventBusBuilder}.
 *
 * @param transport the broker's part
 * @param namespace what keeps this bus and its like apart from others at the broker, or null for none
 * @param topic the topic
 * @param group the group, or null for a bus that only publishes or has only ephemeral subscriptions
 * @param member the name of this bus among the members of its group
 * @param source the CloudEvents source of what is published
 * @param registry the known events
 * @param codec turns payloads into bytes and back
 * @param retry the retry policy of subscriptions without one of their own
 * @param handlerConcurrency how many handlers run at once in the group, and in each ephemeral subscription
 * @param maxInFlight how many deliveries are held at once, in the group and in each ephemeral subscription
 * @param maxDeliveries after how many deliveries an event that is never settled goes to the dead letters, where the
 *     transport counts deliveries
 * @param maxPublishesInFlight how many publishes may be open at once
 * @param publishTimeout within which every publish completes
 * @param openTimeout within which connecting succeeds or fails
 * @param closeTimeout within which closing ends
 * @param closeOnJvmShutdown whether the bus is closed when the JVM goes down
 * @param reconnectDelay the pause before a lost session is opened again the first time
 * @param reconnectMaxDelay no such pause is longer
 * @param startFrom where a new group begins
 * @param ordering how far the order of a key reaches
 * @param unknownTypes what becomes of selected events that are not registered
 * @param errorListener hears of errors that no caller is told
 * @param healthListener hears when the health changes
 */
public record BusConfig(
        TransportConfig transport,
        @Nullable String namespace,
        String topic,
        @Nullable String group,
        String member,
        String source,
        EventRegistry registry,
        EventCodec codec,
        RetryPolicy retry,
        int handlerConcurrency,
        int maxInFlight,
        int maxDeliveries,
        int maxPublishesInFlight,
        Duration publishTimeout,
        Duration openTimeout,
        Duration closeTimeout,
        boolean closeOnJvmShutdown,
        Duration reconnectDelay,
        Duration reconnectMaxDelay,
        StartFrom startFrom,
        Ordering ordering,
        UnknownTypePolicy unknownTypes,
        ErrorListener errorListener,
        HealthListener healthListener) {}
