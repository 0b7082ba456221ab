package io.eventbus.internal;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What the broker's names begin with, so that buses of different namespaces, or of none, have nothing in common there. All names
 * at a broker begin with the topic's, so it is enough to write the namespace before that. Without a namespace names stay as they are.
 */
class Namespace {
    /** No name that an application gives can hold it, so a name with it comes from one namespace and one topic only. */
    private static final char SEPARATOR = '\u001F';

    private final @Nullable String name;

    Namespace(@Nullable String name) {
        this.name = name;
    }

    /** A driver for a bus in this namespace, which knows the application's names only. */
    Transport around(Transport driver) {
        return name == null ? driver : new NamespacedTransport(driver, this);
    }

    String topic(String topic) {
        return name + SEPARATOR + topic;
    }

    Group group(Group group) {
        return new Group(topic(group.topic()), group.name());
    }

    Destination destination(Destination destination) {
        if (destination instanceof Destination.Topic topic) {
            return new Destination.Topic(topic(topic.name()));
        }
        if (destination instanceof Destination.Inbox inbox) {
            return new Destination.Inbox(group(inbox.group()));
        }
        return new Destination.DeadLetters(group(((Destination.DeadLetters) destination).group()));
    }
}
