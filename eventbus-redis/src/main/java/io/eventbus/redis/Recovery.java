package io.eventbus.redis;

import io.eventbus.redis.GroupCommands.Claim;
import io.eventbus.redis.GroupCommands.Silent;
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
    private final Duration lease;
    private final long joined = System.nanoTime();
    private Stage stage = Stage.OWN;
    private String ownAfter = BEGIN;
    private long nextLook = joined;
    private long nextSign = joined;

    Recovery(GroupCommands commands, Holdings holdings, Duration lease) {
        this.commands = commands;
        this.lease = lease;
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

    /** Asks as often as it would look, without taking anything: so that the group sees its member, and the member its group. */
    void showUp() {
        if (nextSign - System.nanoTime() <= 0) {
            commands.showUp();
            nextSign = System.nanoTime() + LOOK_NANOS;
        }
    }

    /**
     * The next entries, at most so many; none if there are none now. What may have taken a member down comes alone, so that
     * nothing is counted with it; what was handed back, which does not count, comes together, like what is new.
     */
    List<StreamEntry> next(int max) {
        List<StreamEntry> own = stage == Stage.OWN ? own() : List.of();
        return own.isEmpty() ? claimed(max) : own;
    }

    /** What was deleted while it was pending is done with. */
    private List<StreamEntry> own() {
        while (stage == Stage.OWN) {
            List<StreamEntry> read = commands.own(ownAfter, 1);
            if (read.isEmpty()) {
                stage = Stage.JOINING;
                holdings.expectNoMore();
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
                .filter(entry -> entry.message() != null && !holdings.has(entry.id()))
                .toList();
    }

    private List<StreamEntry> claimed(int max) {
        List<StreamEntry> taken = new ArrayList<>();
        while (taken.isEmpty() && stage != Stage.OWN && isDue()) {
            List<Silent> silent = commands.silent(silence());
            if (silent.isEmpty()) {
                stage = Stage.JOINED;
            }
            if (silent.isEmpty() || !silent.stream().allMatch(Silent::claimable)) {
                nextLook = System.nanoTime() + (isJoined() ? LOOK_NANOS : JOINING_NANOS);
            } else {
                taken.addAll(taken(silent, max));
            }
        }
        return taken;
    }

    private List<StreamEntry> taken(List<Silent> silent, int max) {
        List<String> uncounted = silent.stream()
                .takeWhile(entry -> !entry.delivered())
                .limit(max)
                .map(Silent::id)
                .toList();
        Claim claim = uncounted.isEmpty() ? commands.claimFrom(silent.get(0).id()) : commands.claim(uncounted);
        if (claim.deleted()) {
            stage = Stage.OWN;
            ownAfter = BEGIN;
        }
        return claim.entries().stream()
                .filter(entry -> !holdings.has(entry.id()))
                .toList();
    }

    /**
     * A member that lives shows each of its entries every second or so: while this one joins, whatever was not shown since
     * may belong to a dead member, whose entries may be handed over only together. Later each may be taken for itself.
     */
    private Duration silence() {
        Duration sinceJoined = Duration.ofNanos(System.nanoTime() - joined);
        return isJoined() || sinceJoined.compareTo(lease) > 0 ? lease : sinceJoined;
    }
}
