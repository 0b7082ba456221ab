package io.eventbus.rabbitmq;

import io.eventbus.spi.Group;
import io.eventbus.spi.NameEscape;
import io.eventbus.spi.TransportException;

/**
 * What topics and groups are called at the broker. Plain names stay as they are; what could be mistaken for another name
 * is escaped, so that no two topics share an exchange and no two groups a queue:
 *
 * <ul>
 *   <li>An exchange of a topic never ends in {@code _dlq}, an exchange for dead letters always does.
 *   <li>The last part of a group's queue is the group, which has no dot and is never {@code dlq}; the last part of a queue
 *       for dead letters is {@code dlq}, and what is before it is the group's queue.
 *   <li>Nothing begins with {@code amq.}, which is the broker's, and nothing holds line breaks, which it drops.
 * </ul>
 */
final class RabbitNames {

    private static final String DEAD_LETTERS = "dlq";
    private static final String DEAD_LETTER_EXCHANGE = "_" + DEAD_LETTERS;
    private static final NameEscape TOPIC = new NameEscape('%', sign -> !Character.isISOControl(sign));
    private static final NameEscape GROUP = new NameEscape('%', sign -> sign != '.' && !Character.isISOControl(sign));

    private RabbitNames() {}

    /**
     * The exchange of a topic.
     *
     * @throws TransportException if the broker cannot hold the names of this topic
     */
    static String exchange(String topic) {
        check(plainDeadLetterExchange(topic), "topic " + topic);
        return plainExchange(topic);
    }

    /**
     * The exchange for the dead letters of all groups of a topic.
     *
     * @throws TransportException if the broker cannot hold the names of this topic
     */
    static String deadLetterExchange(String topic) {
        return check(plainDeadLetterExchange(topic), "topic " + topic);
    }

    /**
     * The queue of a group.
     *
     * @throws TransportException if the broker cannot hold the names of this group
     */
    static String queue(Group group) {
        deadLetterQueue(group);
        return plainQueue(group);
    }

    /**
     * The queue for the dead letters of a group.
     *
     * @throws TransportException if the broker cannot hold the names of this group
     */
    static String deadLetterQueue(Group group) {
        return check(plainQueue(group) + "." + DEAD_LETTERS, group.toString());
    }

    private static String plainExchange(String topic) {
        boolean foreign = topic.endsWith(DEAD_LETTER_EXCHANGE);
        String head = foreign ? topic.substring(0, topic.length() - DEAD_LETTER_EXCHANGE.length()) : topic;
        boolean reserved = topic.equals("amq") || topic.startsWith("amq.");
        return (reserved ? TOPIC.escapeWhole(head) : TOPIC.escape(head))
                + (foreign ? TOPIC.escapeWhole(DEAD_LETTER_EXCHANGE) : "");
    }

    private static String plainDeadLetterExchange(String topic) {
        return plainExchange(topic) + DEAD_LETTER_EXCHANGE;
    }

    private static String plainQueue(Group group) {
        String name = group.name();
        return plainExchange(group.topic())
                + "."
                + (name.equals(DEAD_LETTERS) ? GROUP.escapeWhole(name) : GROUP.escape(name));
    }

    private static String check(String name, String what) {
        if (!ShortString.fits(name)) {
            throw new TransportException(
                    TransportException.Kind.REJECTED,
                    TransportException.Outcome.NOT_ACCEPTED,
                    what + ": RabbitMQ takes names of " + ShortString.MAX_BYTES + " bytes, and " + name + " has "
                            + ShortString.size(name)
                            + "; use shorter names",
                    null);
        }
        return name;
    }
}
