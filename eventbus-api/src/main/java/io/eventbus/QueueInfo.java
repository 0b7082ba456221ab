package io.eventbus;

/**
 * How the bus's group stands at the broker.
 *
 * @param topic the topic
 * @param group the group
 * @param name what the broker's own tools call it, such as the queue's name
 * @param backlog events that are not settled, as far as the broker tells
 * @param members how many members are connected
 * @param deadLetters how many dead letters are kept
 */
public record QueueInfo(String topic, String group, String name, long backlog, int members, long deadLetters) {}
