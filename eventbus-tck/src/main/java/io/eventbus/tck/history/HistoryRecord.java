package io.eventbus.tck.history;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history. Texts that do not apply are empty, never null.
 *
 * @param seq the line's number, from 0 and without gaps; the order of the lines is the order of what happened
 * @param time nanoseconds since the recorder was made, from the monotonic clock; never falls from line to line
 * @param thread the name of the thread that recorded the line
 * @param instance the bus instance that it is about, or empty for the broker and the network
 * @param op what happened
 * @param topic the topic
 * @param group the group
 * @param key the event's key, empty if it has none
 * @param id the event's id
 * @param attempt the number of the attempt, from 1; 0 where there is none
 * @param outcome how it ended, or null for a line that is not an end
 * @param fault what was broken, or why a handler failed or an event was not handled
 * @param contentHash the hash of the event's content
 */
public record HistoryRecord(
        long seq,
        long time,
        String thread,
        String instance,
        Op op,
        String topic,
        String group,
        String key,
        String id,
        int attempt,
        @Nullable Outcome outcome,
        String fault,
        String contentHash) {

    /** The same line at another place. */
    HistoryRecord numbered(long number) {
        return new HistoryRecord(
                number, time, thread, instance, op, topic, group, key, id, attempt, outcome, fault, contentHash);
    }

    /** The same line with texts that are equal to its own, and may be others' too, to save memory. */
    HistoryRecord sharing(UnaryOperator<String> text) {
        return new HistoryRecord(
                seq,
                time,
                text.apply(thread),
                text.apply(instance),
                op,
                text.apply(topic),
                text.apply(group),
                text.apply(key),
                text.apply(id),
                attempt,
                outcome,
                text.apply(fault),
                text.apply(contentHash));
    }

    /** {@return the line for people: number, time, who, what, and the fields that apply} */
    public String describe() {
        StringJoiner line = new StringJoiner("  ");
        line.add(String.format(Locale.ROOT, "#%-6d %12.6f s", seq, time / 1e9));
        line.add(instance.isEmpty() ? "[" + thread + "]" : instance + " [" + thread + "]");
        line.add(outcome == null ? op.name() : op + " " + outcome);
        add(line, "", topic + (group.isEmpty() ? "" : "/" + group));
        add(line, "", id);
        add(line, "key=", key);
        add(line, "attempt=", attempt == 0 ? "" : Integer.toString(attempt));
        add(line, "content=", contentHash.substring(0, Math.min(8, contentHash.length())));
        add(line, "", fault);
        return line.toString();
    }

    private static void add(StringJoiner line, String label, String value) {
        if (!value.isEmpty()) {
            line.add(label + value);
        }
    }
}
