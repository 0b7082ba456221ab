package io.eventbus.cli.fuzz;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the dead letters have to show of a message besides its payload.
 *
 * @param texts each text by its name in {@link Shown}; there must be no other
 * @param open the names of texts that the message has not, and which the bus or the broker makes up
 */
record Expectation(Map<String, String> texts, Set<String> open) {
    private static final int LONGEST = 200;

    /** {@return the first text that is not shown as it was sent, for people; empty if all are} */
    Optional<String> difference(Shown message) {
        Map<String, String> sent = message.withAttributes() ? texts : withoutAttributes();
        Map<String, String> shown = message.texts();
        if (sent.equals(shown)) {
            return Optional.empty(); // as most, of a million
        }
        Set<String> names = new TreeSet<>(sent.keySet());
        names.addAll(shown.keySet());
        names.removeAll(open);
        return names.stream()
                .filter(name -> !Objects.equals(sent.get(name), shown.get(name)))
                .map(name -> name + " was " + quoted(sent.get(name)) + ", and is " + quoted(shown.get(name)))
                .findFirst();
    }

    /** {@return whether this is the type that was sent} */
    boolean isOf(String aggregateType, String type) {
        return aggregateType.equals(texts.get("aggregateType")) && type.equals(texts.get("type"));
    }

    /** {@return whether a message has the id that was sent, or has one although none was} */
    boolean hasIdOf(Shown message) {
        return open.contains("id")
                || Objects.equals(texts.get("id"), message.texts().get("id"));
    }

    private Map<String, String> withoutAttributes() {
        Map<String, String> others = new HashMap<>(texts);
        others.keySet().removeIf(name -> name.startsWith(Shown.ATTRIBUTES));
        return others;
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "not there";
        }
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return TextNode.valueOf(start).toString();
    }
}
