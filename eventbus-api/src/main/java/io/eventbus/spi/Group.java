package io.eventbus.spi;

/**
 * A named set of members that share the messages of one topic.
 *
 * @param topic the topic's name as {@link Destination.Topic} has it
 * @param name the group's name as the application gave it
 */
public record Group(String topic, String name) {

    /** As it stands in messages for people. */
    @Override
    public String toString() {
        return "group " + name + " of topic " + topic;
    }
}
