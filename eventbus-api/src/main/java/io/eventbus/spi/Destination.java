package io.eventbus.spi;

/** Where a message is sent. */
public sealed interface Destination {

    /**
     * Every group of the topic gets the message. A topic without groups takes it too.
     *
     * @param name the topic's name as the application gave it; in a namespace, behind the namespace's name and the character
     *     U+001F, which no name that an application gives holds
     */
    record Topic(String name) implements Destination {

        /** As it stands in messages for people. */
        @Override
        public String toString() {
            return "topic " + name;
        }
    }

    /**
     * One group gets the message, no other. A broker whose groups have no address of their own sends it to the topic: the
     * message names the group in an attribute, and the engine lets other groups accept it unseen. Fails if the group does not
     * exist.
     *
     * @param group the group
     */
    record Inbox(Group group) implements Destination {

        /** As it stands in messages for people. */
        @Override
        public String toString() {
            return group.toString();
        }
    }

    /**
     * The dead letters of a group. Fails if the group does not exist.
     *
     * @param group the group
     */
    record DeadLetters(Group group) implements Destination {

        /** As it stands in messages for people. */
        @Override
        public String toString() {
            return "the dead letters of " + group;
        }
    }
}
