package io.eventbus.benchmarks;

import java.io.IOException;
import java.util.function.LongConsumer;

/** One way to send events through a broker and to get them: the bus, or the broker's own client. */
interface Client {

    /**
     * Begins to consume as the one member of the one group of a topic, and makes both if they do not exist. What is sent
     * once this has returned arrives, now or at a later consumer.
     *
     * @param handler is given the time that each event was sent with, on any thread, on several at once
     */
    Consumer consume(String topic, LongConsumer handler) throws IOException;

    /**
     * Begins to publish to a topic that has its group.
     *
     * @param size how many bytes the payload of each event has
     */
    Producer produce(String topic, int size) throws IOException;
}
