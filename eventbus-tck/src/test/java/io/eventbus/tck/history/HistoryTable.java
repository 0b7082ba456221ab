package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A history as a table of text. Each row is one thing that happened, a millisecond after the row before it:
 *
 * <pre>
 * who       what      event group
 * P         publish   e1 k1              instance P publishes event e1 of key k1, on its thread "main"
 * P.t2      sent      e2                 publish and accepted; on thread t2; without a key
 * P         accepted  e1                 also: refused (NOT_ACCEPTED), unknown
 * A         ready     g                  also: join, leave
 * A         start     e1 g
 * A         ok        e1 g               also: fail
 * A         handle    e1 g               start and ok
 * -         dead      e1 g               also: ack, discard, filter, replay
 * A         crash
 * -         cut                          also: silence, restart, heal; of A alone: A cut
 * -         wait      5000               milliseconds
 * </pre>
 *
 * The topic is t; {@code T2:e1} is event e1 on topic T2, {@code T2:g} group g of that topic. {@code e1/x} is event e1 with content x, {@code e1@k2} event
 * e1 seen with key k2.
 */
final class HistoryTable {

    private final List<String> rowOfRecord = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private long nanos;
    private String thread = "main";
    private final HistoryRecorder recorder = new HistoryRecorder(() -> nanos, () -> thread);

    private HistoryTable(String text) {
        text.lines().map(String::strip).filter(row -> !row.isEmpty()).forEach(this::add);
    }

    static HistoryTable of(String text) {
        return new HistoryTable(text);
    }

    History history() {
        return recorder.snapshot();
    }

    /** The rows that a violation's slice comes from. */
    List<String> rows(Violation violation) {
        return violation.slice().stream()
                .map(record -> rowOfRecord.get((int) record.seq()))
                .distinct()
                .toList();
    }

    private void add(String row) {
        nanos += Duration.ofMillis(1).toNanos();
        String[] cells = row.split("\\s+");
        String[] who = cells[0].split("\\.", 2);
        thread = who.length > 1 ? who[1] : "main";
        record(who[0], cells[1], Arrays.copyOfRange(cells, 2, cells.length));
        int added = recorder.snapshot().records().size() - rowOfRecord.size();
        Stream.generate(() -> String.join(" ", cells)).limit(added).forEach(rowOfRecord::add);
    }

    private void record(String who, String what, String... args) {
        switch (what) {
            case "publish" -> recorder.publishInvoked(who, published(args));
            case "sent" -> {
                record(who, "publish", args);
                record(who, "accepted", args);
            }
            case "accepted" -> recorder.publishReturned(who, event(args[0]), Outcome.ACCEPTED);
            case "refused" -> recorder.publishReturned(who, event(args[0]), Outcome.NOT_ACCEPTED);
            case "unknown" -> recorder.publishReturned(who, event(args[0]), Outcome.UNKNOWN);
            case "join" -> recorder.joining(who, group(args[0]));
            case "ready" -> recorder.ready(who, group(args[0]));
            case "leave" -> recorder.leaving(who, group(args[0]));
            case "crash" -> recorder.crashing(who);
            case "handle" -> {
                record(who, "start", args);
                record(who, "ok", args);
            }
            case "start" -> recorder.handlingStarted(who, group(args[1]), event(args[0]), 1);
            case "ok" -> recorder.handlingSucceeded(who, group(args[1]), event(args[0]), 1);
            case "fail" -> recorder.handlingFailed(who, group(args[1]), event(args[0]), 1, "on purpose");
            case "dead" -> recorder.settled(Op.DEAD_LETTER, group(args[1]), event(args[0]), "");
            case "ack", "discard", "filter", "replay" -> recorder.settled(op(what), group(args[1]), event(args[0]), "");
            case "cut", "silence", "restart", "heal" -> recorder.fault(op(what), who.equals("-") ? "" : who, "");
            case "wait" -> nanos += Duration.ofMillis(Long.parseLong(args[0])).toNanos();
            default -> throw new IllegalArgumentException("no such thing happens: " + what);
        }
    }

    private static Op op(String what) {
        return Op.valueOf(what.toUpperCase(Locale.ROOT));
    }

    private EventRef published(String[] args) {
        EventRef event = event(args[0]);
        String key = args.length > 1 ? args[1] : "";
        keys.put(event.id(), key);
        return new EventRef(event.topic(), key, event.id(), event.contentHash());
    }

    private EventRef event(String cell) {
        String[] content = unqualified(cell).split("/", 2);
        String[] key = content[0].split("@", 2);
        String id = key[0];
        return new EventRef(
                topic(cell),
                key.length > 1 ? key[1] : keys.getOrDefault(id, ""),
                id,
                content.length > 1 ? content[1] : "same");
    }

    private static Group group(String cell) {
        return new Group(topic(cell), unqualified(cell));
    }

    private static String topic(String cell) {
        return cell.contains(":") ? cell.substring(0, cell.indexOf(':')) : "t";
    }

    private static String unqualified(String cell) {
        return cell.substring(cell.indexOf(':') + 1);
    }
}
