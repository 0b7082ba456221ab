package io.eventbus.redis;

import io.eventbus.spi.Group;
import io.eventbus.spi.NameEscape;

/**
 * What topics and groups are called at Redis. All keys of a topic share its hash tag, so that a cluster keeps them at one
 * node. In the tag braces are escaped, so that it ends where the topic does and no two topics share a key, and control
 * characters, so that people can type it; what follows it is the group as it is.
 *
 * @param prefix what all keys begin with; without braces, which would be the tag
 */
record RedisNames(String prefix) {

    private static final NameEscape TOPIC =
            new NameEscape('%', sign -> sign != '{' && sign != '}' && !Character.isISOControl(sign));

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if it is empty or holds braces
     */
    RedisNames {
        if (prefix.isEmpty() || prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
            throw new IllegalArgumentException("bad value of option " + RedisTransportProvider.PREFIX.name()
                    + ": expected some text without braces, which mark the part of a key that a cluster hashes");
        }
    }

    /** The stream of a topic. */
    String stream(String topic) {
        return prefix + ":{" + TOPIC.escape(topic) + "}";
    }

    /** The stream of the dead letters of a group. */
    String deadLetters(Group group) {
        return stream(group.topic()) + ":dlq:" + group.name();
    }
}
