package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a test does and sees, in one order for all threads. Thread-safe; a line is only ever added. Each method
 * records one line and returns; {@link Op} says when to call it.
 *
 * <p>Every bus instance has a name of its own that is never used again, not even after it has crashed. In a group with several
 * handlers for one event, one of them records. A group of which the test expects no completeness, an ephemeral one that comes
 * and goes, records no {@link #ready}.
 */
public final class HistoryRecorder {

    private final LongSupplier nanos;
    private final Supplier<String> threadName;
    private final Consumer<HistoryRecord> sink; // called with the lock
    private final Object lock = new Object();
    private final List<HistoryRecord> records = new ArrayList<>(); // guarded by lock
    private long count; // guarded by lock

    /** Makes a recorder whose time starts now. */
    public HistoryRecorder() {
        this(System.nanoTime());
    }

    /**
     * Makes a recorder whose time started at some moment, to be put together with others of the same origin.
     *
     * @param origin when the time started, by {@link System#nanoTime()}, which all JVMs of a machine share
     */
    public HistoryRecorder(long origin) {
        this(() -> System.nanoTime() - origin, () -> Thread.currentThread().getName());
    }

    /**
     * Makes a recorder with a clock of its own.
     *
     * @param nanos its time in nanoseconds, which never goes back
     * @return the recorder
     */
    public static HistoryRecorder timedBy(LongSupplier nanos) {
        return new HistoryRecorder(nanos, () -> Thread.currentThread().getName());
    }

    HistoryRecorder(LongSupplier nanos, Supplier<String> threadName) {
        this.nanos = nanos;
        this.threadName = threadName;
        this.sink = records::add;
    }

    private HistoryRecorder(long origin, Consumer<HistoryRecord> sink) {
        this.nanos = () -> System.nanoTime() - origin;
        this.threadName = () -> Thread.currentThread().getName();
        this.sink = sink;
    }

    /**
     * Makes a recorder that keeps nothing: each line goes to a file before the method that records it returns, so that it
     * survives whatever becomes of this JVM. {@link HistoryFile} reads it.
     *
     * @param file where the lines go; what it had before is lost. It is closed with the JVM
     * @param origin when the time started, by {@link System#nanoTime()}
     * @return the recorder, whose {@link #snapshot()} is empty
     * @throws IOException if the file cannot be made
     */
    public static HistoryRecorder writingTo(Path file, long origin) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new HistoryRecorder(origin, record -> {
            try {
                out.write((History.line(record) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("the history cannot be written to " + file, e);
            }
        });
    }

    /**
     * Records that a publish is about to be called, on the thread that calls it. The events of a list are recorded one by one,
     * in the order of the list.
     *
     * @param instance the publishing bus
     * @param event what is published
     */
    public void publishInvoked(String instance, EventRef event) {
        add(Op.PUBLISH_INVOKE, instance, "", event, 0, null, "");
    }

    /**
     * Records that a publish has completed.
     *
     * @param instance the publishing bus
     * @param event what was published
     * @param outcome accepted, not accepted or unknown
     */
    public void publishReturned(String instance, EventRef event, Outcome outcome) {
        add(Op.PUBLISH_RETURN, instance, "", event, 0, outcome, "");
    }

    /**
     * Records that a member is about to be started.
     *
     * @param instance the member's bus
     * @param group the group that it joins
     */
    public void joining(String instance, Group group) {
        add(Op.JOIN, instance, group);
    }

    /**
     * Records that a member is ready. What is published from now on is owed to the group.
     *
     * @param instance the member's bus
     * @param group the group that it has joined
     */
    public void ready(String instance, Group group) {
        add(Op.READY, instance, group);
    }

    /**
     * Records that a member is about to leave in an orderly way.
     *
     * @param instance the member's bus
     * @param group the group that it leaves
     */
    public void leaving(String instance, Group group) {
        add(Op.LEAVE, instance, group);
    }

    /**
     * Records that a bus is about to vanish without goodbye.
     *
     * @param instance the bus
     */
    public void crashing(String instance) {
        add(Op.CRASH, instance, new Group("", ""));
    }

    /**
     * Records that a handler was called.
     *
     * @param instance the handler's bus
     * @param group the handler's group
     * @param event what the handler was given
     * @param attempt the number of the attempt, from 1
     */
    public void handlingStarted(String instance, Group group, EventRef event, int attempt) {
        add(Op.HANDLE_START, instance, group.name(), event, attempt, null, "");
    }

    /**
     * Records that a handler is about to succeed.
     *
     * @param instance the handler's bus
     * @param group the handler's group
     * @param event what the handler was given
     * @param attempt the number of the attempt, from 1
     */
    public void handlingSucceeded(String instance, Group group, EventRef event, int attempt) {
        add(Op.HANDLE_END, instance, group.name(), event, attempt, Outcome.SUCCESS, "");
    }

    /**
     * Records that a handler is about to fail.
     *
     * @param instance the handler's bus
     * @param group the handler's group
     * @param event what the handler was given
     * @param attempt the number of the attempt, from 1
     * @param why what went wrong, in a few words
     */
    public void handlingFailed(String instance, Group group, EventRef event, int attempt, String why) {
        add(Op.HANDLE_END, instance, group.name(), event, attempt, Outcome.FAILURE, why);
    }

    /**
     * Records what became of an event in a group without a handler: acknowledged, dead-lettered, discarded, filtered out, or
     * about to be replayed.
     *
     * @param op one of {@link Op#ACK}, {@link Op#DEAD_LETTER}, {@link Op#DISCARD}, {@link Op#FILTER}, {@link Op#REPLAY}
     * @param group the group
     * @param event the event
     * @param why the reason, or empty
     */
    public void settled(Op op, Group group, EventRef event, String why) {
        add(op, "", group.name(), event, 0, null, why);
    }

    /**
     * Records something about the broker or the network.
     *
     * @param op one of {@link Op#CUT}, {@link Op#SILENCE}, {@link Op#RESTART}, {@link Op#HEAL}
     * @param what what exactly is broken or works again
     */
    public void fault(Op op, String what) {
        fault(op, "", what);
    }

    /**
     * Records a failure, or its end, of the network of one bus: it explains nothing that others do. A {@link Op#HEAL} ends the
     * failures of the same bus.
     *
     * @param op one of {@link Op#CUT}, {@link Op#SILENCE}, {@link Op#HEAL}
     * @param instance the bus; empty for the broker and the whole network
     * @param what what exactly is broken or works again
     */
    public void fault(Op op, String instance, String what) {
        add(op, instance, "", new EventRef("", "", "", ""), 0, null, what);
    }

    /** {@return what has been recorded so far; it does not grow} */
    public History snapshot() {
        synchronized (lock) {
            return new History(records);
        }
    }

    private void add(Op op, String instance, Group group) {
        add(op, instance, group.name(), new EventRef(group.topic(), "", "", ""), 0, null, "");
    }

    private void add(
            Op op,
            String instance,
            String group,
            EventRef event,
            int attempt,
            @Nullable Outcome outcome,
            String fault) {
        String thread = threadName.get();
        synchronized (lock) {
            sink.accept(new HistoryRecord(
                    count++,
                    nanos.getAsLong(),
                    thread,
                    instance,
                    op,
                    event.topic(),
                    group,
                    event.key(),
                    event.id(),
                    attempt,
                    outcome,
                    fault,
                    event.contentHash()));
        }
    }
}
