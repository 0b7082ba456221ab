package io.eventbus.tck.chaos;

import io.eventbus.spi.Group;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.HistoryRecorder;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** The members of the group: a fixed number of places, each with one member after the other. Thread-safe. */
final class Crew {

    private final Stage stage;
    private final Group group;
    private final HistoryRecorder recorder;
    private final Stage.Chronicle chronicle;
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final LongAdder successes = new LongAdder();
    private final List<Member> places = new CopyOnWriteArrayList<>();
    private final Queue<Member> unread = new ConcurrentLinkedQueue<>();
    private final List<HistoryRecord> written = new ArrayList<>(); // of the thread that collects

    Crew(Stage stage, Group group, HistoryRecorder recorder, long origin) {
        this.stage = stage;
        this.group = group;
        this.recorder = recorder;
        ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();
        this.chronicle =
                new Stage.Chronicle(recorder, origin, text -> texts.computeIfAbsent(text, same -> same), this::handled);
    }

    private void handled(String id) {
        handled.add(id);
        successes.increment();
    }

    /** Fills the places, and returns when all members are ready. */
    void start(int members) {
        for (int place = 0; place < members; place++) {
            places.add(enter());
        }
        places.forEach(this::awaitReady);
    }

    Member at(int place) {
        return places.get(place);
    }

    /** Kills a member, and returns when another is ready in its place. */
    void replace(int place) {
        Member lost = places.get(place);
        recorder.crashing(lost.instance());
        lost.kill();
        Member successor = enter();
        places.set(place, successor);
        awaitReady(successor);
    }

    private Member enter() {
        Member member = stage.enter(group, chronicle);
        recorder.joining(member.instance(), group);
        unread.add(member);
        return member;
    }

    private void awaitReady(Member member) {
        member.awaitReady();
        recorder.ready(member.instance(), group);
    }

    /** Lets all leave in order. */
    void leave() {
        for (Member member : places) {
            recorder.leaving(member.instance(), group);
            member.leave();
        }
    }

    /** Ends what still runs. */
    void kill() {
        places.forEach(Member::kill);
    }

    /** Reads on what members have written. Called by one thread. */
    void collect() {
        for (Member member : unread) {
            for (HistoryRecord record : member.readOn()) {
                written.add(record);
                if (record.op() == Op.HANDLE_END && record.outcome() == Outcome.SUCCESS) {
                    handled(record.id());
                }
            }
        }
    }

    /** All that was collected. Called by the thread that collects. */
    List<HistoryRecord> written() {
        return written;
    }

    long successes() {
        return successes.sum();
    }

    boolean hasHandled(List<String> ids) {
        return handled.containsAll(ids);
    }
}
