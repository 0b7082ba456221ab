package io.eventbus.inmemory;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;

/** What the broker says when it does not do something. Nothing was done in each case. */
final class Refusal {
    private Refusal() {}

    static TransportException closed(String what) {
        return refuse(Kind.UNAVAILABLE, what + " is closed; open another");
    }

    static TransportException noSuchGroup(Group group) {
        return refuse(
                Kind.REJECTED, named(group) + " does not exist in this broker; a receiver makes it when it is opened");
    }

    static TransportException full(Group group, int count, String what) {
        return refuse(
                Kind.FULL,
                named(group) + " is full: it holds " + count + " " + what
                        + "; handle or remove some, or raise the option memory.max-backlog");
    }

    static TransportException keepsNoDeadLetters(Group group) {
        return refuse(Kind.REJECTED, named(group) + " is ephemeral and keeps no dead letters");
    }

    static TransportException retainsNothing(Group group) {
        return refuse(
                Kind.REJECTED,
                named(group)
                        + " cannot start from the earliest event: the in-memory broker keeps none for groups to come;"
                        + " start from the latest");
    }

    static TransportException conflict(Group group, boolean ephemeral) {
        return refuse(
                Kind.CONFLICT,
                named(group)
                        + (ephemeral
                                ? " is ephemeral and has its one member; use another name"
                                : " exists and is durable, so it cannot be ephemeral; use another name"));
    }

    private static TransportException refuse(Kind kind, String message) {
        return new TransportException(kind, Outcome.NOT_ACCEPTED, message, null);
    }

    private static String named(Group group) {
        return "Group '" + group.name() + "' of topic '" + group.topic() + "'";
    }
}
