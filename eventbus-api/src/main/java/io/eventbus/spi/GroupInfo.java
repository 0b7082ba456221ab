package io.eventbus.spi;

/**
 * How a group stands at the broker.
 *
 * @param name what the broker's own tools call it, such as the queue's name
 * @param backlog messages that are not settled, those at a member included where the broker tells them
 * @param members how many members are connected
 * @param deadLetters how many dead letters are kept
 */
public record GroupInfo(String name, long backlog, int members, long deadLetters) {}
