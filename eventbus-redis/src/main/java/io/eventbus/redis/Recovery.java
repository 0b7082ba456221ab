package io.eventbus.redis;

import io.eventbus.redis.GroupCommands.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds what was delivered before and is not settled: first what this member had itself when its last session ended, then
 * what was handed back or whose member is gone. While a member joins, it reads nothing new until all that was pending has
 * been taken over or was shown to belong to members that live; so the order holds when a group's only member is replaced.
 */
final class Recovery {

    /** A little less than the engine waits in a poll. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private static final long JOINING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String BEGIN = "0-0";

    private enum Stage {
        OWN,
        JOINING,
        JOINED
    }

    private final GroupCommands commands;
    private final Holdings holdings;
    private final long joined = System.nanoTime();
    private Stage stage = Stage.OWN;
    private String ownAfter = BEGIN;
    private long nextLook = joined;

    Recovery(GroupCommands commands, Holdings holdings) {
        this.commands = commands;
        this.holdings = holdings;
    }

    /** Whether new entries may be read. */
    boolean isJoined() {
        return stage == Stage.JOINED;
    }

    /** Whether it is time to look again. */
    boolean isDue() {
        return nextLook - System.nanoTime() <= 0;
    }

    /** Looks again at the next opportunity. */
    void lookSoon() {
        nextLook = System.nanoTime();
    }

    /** The next entries, at most so many; none if there are none now. */
    List<StreamEntry> next(int max) {
        List<StreamEntry> own = stage == Stage.OWN ? own(max) : List.of();
        return own.isEmpty() ? claimed(max) : own;
    }

    /** What was deleted while it was pending is done with. */
    private List<StreamEntry> own(int max) {
        while (stage == Stage.OWN) {
            List<StreamEntry> read = commands.own(ownAfter, max);
            if (read.isEmpty()) {
                stage = Stage.JOINING;
            } else {
                ownAfter = read.get(read.size() - 1).id();
            }
            List<StreamEntry> entries = withoutDeleted(read);
            if (!entries.isEmpty()) {
                return entries;
            }
        }
        return List.of();
    }

    private List<StreamEntry> withoutDeleted(List<StreamEntry> read) {
        commands.acknowledge(read.stream()
                .filter(entry -> entry.message() == null)
                .map(StreamEntry::id)
                .toList());
        return read.stream()
                .filter(entry -> entry.message() != null && !holdings.isHeld(entry.id()))
                .toList();
    }

    private List<StreamEntry> claimed(int max) {
        List<StreamEntry> taken = new ArrayList<>();
        while (taken.isEmpty() && isDue()) {
            String first = commands.firstToClaim();
            if (first == null) {
                nothingLeft();
            } else {
                Claim claim = commands.claim(first, max);
                claim.entries().stream()
                        .filter(entry -> !holdings.isHeld(entry.id()))
                        .forEach(taken::add);
                if (claim.deleted()) {
                    stage = Stage.OWN;
                    ownAfter = BEGIN;
                }
            }
        }
        return taken;
    }

    /** A member that lives shows each of its entries every second or so. */
    private void nothingLeft() {
        long now = System.nanoTime();
        if (stage == Stage.JOINING && commands.firstSilent(Duration.ofNanos(now - joined)) == null) {
            stage = Stage.JOINED;
        }
        nextLook = now + (stage == Stage.JOINED ? LOOK_NANOS : JOINING_NANOS);
    }
}
