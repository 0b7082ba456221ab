package io.eventbus.kafka;

import io.eventbus.spi.Group;
import io.eventbus.spi.NameEscape;
import io.eventbus.spi.TransportException;
import java.util.regex.Pattern;

/**
 * What topics and groups are called at the broker. Plain names stay as they are; what could be mistaken for another name
 * is escaped, so that no two topics share a topic and no two groups their offsets or their dead letters:
 *
 * <ul>
 *   <li>A topic never ends in {@code .dlq}, a topic for dead letters always does; before it stands the group's name.
 *   <li>The last part of a group's name is the group, which has no dot; what is before it is the topic.
 *   <li>Kafka takes {@code .} and {@code _} for the same in some places and refuses names that differ in them alone. So
 *       {@code _} is used for escaping only, and a dot that would look like an escape is escaped.
 * </ul>
 */
final class KafkaNames {

    private static final int MAX_LENGTH = 249;
    private static final String DEAD_LETTERS = ".dlq";
    private static final Pattern LOOKS_LIKE_ESCAPE = Pattern.compile("\\.(?=[0-9A-F]{2})");
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("[0-9A-F]{2}");
    private static final NameEscape TOPIC = new NameEscape('_', sign -> isPlain(sign) || sign == '.');
    private static final NameEscape GROUP = new NameEscape('_', KafkaNames::isPlain);

    private KafkaNames() {}

    /**
     * The topic of a topic.
     *
     * @throws TransportException if the broker cannot hold the name
     */
    static String topic(String topic) {
        return check(plainTopic(topic), "topic " + topic);
    }

    /**
     * The id of a group, which says its topic too, since Kafka knows the groups of all topics by one name.
     *
     * @throws TransportException if the broker cannot hold the names of this group
     */
    static String group(Group group) {
        String deadLetters = deadLetters(group);
        return deadLetters.substring(0, deadLetters.length() - DEAD_LETTERS.length());
    }

    /**
     * The topic for the dead letters of a group.
     *
     * @throws TransportException if the broker cannot hold the names of this group
     */
    static String deadLetters(Group group) {
        String name = group.name();
        String plain = LOOKS_ESCAPED.matcher(name).lookingAt() ? GROUP.escapeWhole(name) : GROUP.escape(name);
        return check(plainTopic(group.topic()) + "." + plain + DEAD_LETTERS, group.toString());
    }

    private static String plainTopic(String topic) {
        if (topic.equals(".") || topic.equals("..")) {
            return TOPIC.escapeWhole(topic);
        }
        boolean foreign = topic.endsWith(DEAD_LETTERS);
        String head = foreign ? topic.substring(0, topic.length() - DEAD_LETTERS.length()) : topic;
        String tail = foreign ? TOPIC.escapeWhole(DEAD_LETTERS) : "";
        return LOOKS_LIKE_ESCAPE.matcher(TOPIC.escape(head)).replaceAll("_2E") + tail;
    }

    private static boolean isPlain(int sign) {
        return (sign >= 'a' && sign <= 'z')
                || (sign >= 'A' && sign <= 'Z')
                || (sign >= '0' && sign <= '9')
                || sign == '-';
    }

    private static String check(String name, String what) {
        if (name.length() > MAX_LENGTH) {
            throw new TransportException(
                    TransportException.Kind.REJECTED,
                    TransportException.Outcome.NOT_ACCEPTED,
                    what + ": Kafka takes names of " + MAX_LENGTH + " characters, and " + name + " has " + name.length()
                            + "; use shorter names",
                    null);
        }
        return name;
    }
}
