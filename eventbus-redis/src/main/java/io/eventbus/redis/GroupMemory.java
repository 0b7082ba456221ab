package io.eventbus.redis;

import io.eventbus.spi.StartFrom;
import java.util.List;

/**
 * What a member knows of its group from one session to the next. Should the group be deleted, Redis no longer knows where it
 * stood and what its members had; so each of them makes good its own part, whoever comes first. Used by one thread.
 */
final class GroupMemory {

    private static final String BEGIN = "0-0";

    /** The group that was last joined, or empty. */
    private String incarnation = "";

    /** The last entry that was read; before that, where the group stood. */
    private String position = "";

    private Holdings holdings = new Holdings(List.of());

    /** Makes the group if there is none, and restores in one that was made again what this member had unsettled. */
    void join(GroupCommands commands, StartFrom startFrom, Deadline deadline) {
        commands.create(beginning(commands, startFrom, deadline), deadline);
        String found = commands.identify(deadline);
        if (incarnation.isEmpty()) {
            position = commands.lastDelivered(deadline);
        } else if (!incarnation.equals(found)) {
            commands.restore(holdings.unsettled(), deadline);
        }
        incarnation = found;
    }

    /** What this member holds from now on; it expects what it had before. */
    Holdings newSession() {
        holdings = new Holdings(holdings.unsettled());
        return holdings;
    }

    /** An entry was read. */
    void read(String id) {
        position = id;
    }

    /** A stream that no longer has what was read last is another one, which began again, perhaps with lower ids. */
    private String beginning(GroupCommands commands, StartFrom startFrom, Deadline deadline) {
        if (incarnation.isEmpty()) {
            return startFrom == StartFrom.EARLIEST ? BEGIN : "$";
        }
        return commands.hasEntry(position, deadline) ? position : BEGIN;
    }
}
