package io.eventbus.redis;

import io.eventbus.spi.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** What one member asks of its group. */
final class GroupCommands {

    /** Whom what was handed back belongs to, until another member takes it. No member's name begins with a space. */
    static final String HANDED_BACK = " handed back";

    /** So that no command keeps Redis from others for long. */
    private static final int BATCH = 500;

    /** How long a read for new entries waits at Redis. */
    static final Duration READ_WAIT = Duration.ofSeconds(5);

    /** Behind every entry. */
    private static final String LAST = "18446744073709551615-0";

    private final RedisLink link;
    private final String key;
    private final String group;
    private final String member;
    private final Duration lease;
    private String incarnation = "";

    GroupCommands(RedisLink link, String key, Group group, String member, Duration lease) {
        this.link = link;
        this.key = key;
        this.group = group.name();
        this.member = member;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
    }

    /**
     * Makes the group, unless there is one.
     *
     * @param from the entry behind which a new one begins, or {@code $}
     */
    void create(String from, Deadline deadline) {
        try {
            link.ask(Request.of(Command.XGROUP, "CREATE", key, group, from, "MKSTREAM"), deadline);
        } catch (JedisDataException e) {
            if (!RedisErrors.code(e).equals("BUSYGROUP")) {
                throw e;
            }
        }
    }

    /** The last entry that any member was given. */
    String lastDelivered(Deadline deadline) {
        return GroupState.of(link, key, group, deadline).lastDelivered();
    }

    /** Whether the stream has an entry. */
    boolean hasEntry(String id, Deadline deadline) {
        Request request = Request.of(Command.XRANGE, key, id, id, "COUNT", 1);
        return !Reply.list(link.ask(request, deadline)).isEmpty();
    }

    /**
     * Finds out which group it is: one that is deleted and made again under its name is another. From then on, what is
     * held is held in this one.
     *
     * @return a name that no other group has had
     */
    String identify(Deadline deadline) {
        Object name = link.ask(script(Scripts.IDENTIFY, List.of(Scripts.MADE + UUID.randomUUID())), deadline);
        incarnation = Reply.text(name);
        return incarnation;
    }

    /** Gives this member, in a group that was made again, what it had in the old one, unless somebody has it. */
    void restore(List<String> ids, Deadline deadline) {
        batches(ids).forEach(batch -> link.ask(script(Scripts.RESTORE, List.of(member, batch)), deadline));
    }

    /** Removes members that are gone. */
    void tidy(Duration silent, Deadline deadline) {
        link.ask(script(Scripts.TIDY, List.of(silent.toMillis())), deadline);
    }

    /** Waits for new entries. */
    Request readNew(int max) {
        return Request.of(
                Command.XREADGROUP,
                "GROUP",
                group,
                member,
                "COUNT",
                max,
                "BLOCK",
                READ_WAIT.toMillis(),
                "STREAMS",
                key,
                ">");
    }

    /** What this member has, in order, behind an entry. */
    List<StreamEntry> own(String after, int max) {
        return StreamEntry.ofRead(
                link.ask(Request.of(Command.XREADGROUP, "GROUP", group, member, "COUNT", max, "STREAMS", key, after)));
    }

    /** Shows Redis that this member lives. An error tells that there is no such group. */
    void showUp() {
        own(LAST, 1);
    }

    /** Takes over the first entry, from one on, that was handed back or whose lease has ended. */
    Claim claimFrom(String from) {
        List<?> reply = Reply.list(
                link.ask(Request.of(Command.XAUTOCLAIM, key, group, member, lease.toMillis(), from, "COUNT", 1)));
        return claimed(Reply.list(reply.get(1)));
    }

    /** Takes over those of these entries, and no others, that were handed back or whose lease has ended. */
    Claim claim(List<String> ids) {
        return claimed(Reply.list(link.ask(Request.of(Command.XCLAIM, key, group, member, lease.toMillis(), ids))));
    }

    private static Claim claimed(List<?> taken) {
        List<StreamEntry> entries = StreamEntry.list(taken);
        return new Claim(entries, taken.size() > entries.size());
    }

    /** The first entries of any member that were not heard of for so long, in order. */
    List<Silent> silent(Duration atLeast) {
        Request request = Request.of(Command.XPENDING, key, group, "IDLE", atLeast.toMillis(), "-", "+", BATCH);
        return Reply.list(link.ask(request)).stream()
                .map(Reply::list)
                .map(entry -> new Silent(
                        Reply.text(entry.get(0)),
                        Reply.number(entry.get(2)) >= lease.toMillis(),
                        Reply.number(entry.get(3)) > 0))
                .toList();
    }

    /** How often each of some entries of this member was delivered. */
    Map<String, Integer> deliveryCounts(List<StreamEntry> entries, int held) {
        Map<String, Integer> counts = new HashMap<>();
        if (!entries.isEmpty()) {
            String first = entries.get(0).id();
            String last = entries.get(entries.size() - 1).id();
            Request request = Request.of(Command.XPENDING, key, group, first, last, entries.size() + held, member);
            for (Object each : Reply.list(link.ask(request))) {
                List<?> pending = Reply.list(each);
                counts.put(Reply.text(pending.get(0)), (int) Reply.number(pending.get(3)));
            }
        }
        return counts;
    }

    void acknowledge(List<String> ids) {
        batches(ids).forEach(batch -> link.ask(acknowledgement(batch)));
    }

    /** Restarts the lease of what this member has, and tells which it has no longer. */
    List<String> renew(List<String> ids) {
        List<String> lost = new ArrayList<>();
        for (List<String> batch : batches(ids)) {
            lost.addAll(Reply.texts(link.ask(script(Scripts.RENEW, List.of(member, incarnation, batch)))));
        }
        return lost;
    }

    /** Lets any member take these at once. */
    void handBack(List<String> ids) {
        for (List<String> batch : batches(ids)) {
            link.ask(script(Scripts.HAND_BACK, List.of(member, incarnation, HANDED_BACK, batch)));
        }
    }

    /** Acknowledges these, hands back all else that this member has, and ends it. */
    void leave(List<String> accepted, Deadline deadline) {
        batches(accepted).forEach(batch -> link.ask(acknowledgement(batch), deadline));
        link.ask(script(Scripts.LEAVE, List.of(member, HANDED_BACK)), deadline);
    }

    private Request acknowledgement(List<String> ids) {
        return Request.of(Command.XACK, key, group, ids);
    }

    private Request script(String script, List<?> arguments) {
        return Request.of(Command.EVAL, script, 1, key, group, arguments);
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())));
        }
        return batches;
    }

    /**
     * An entry that was not heard of.
     *
     * @param claimable whether that was for so long that it can be taken over
     * @param delivered whether any delivery of it counts; one that was handed back does not
     */
    record Silent(String id, boolean claimable, boolean delivered) {}

    /**
     * What was taken over in one step.
     *
     * @param entries what was taken
     * @param deleted whether entries were taken that no longer exist, which Redis before version 7 does not name
     */
    record Claim(List<StreamEntry> entries, boolean deleted) {}
}
