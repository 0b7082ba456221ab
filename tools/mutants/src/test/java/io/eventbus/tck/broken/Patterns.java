package io.eventbus.tck.broken;

import io.eventbus.spi.Message;
import io.eventbus.spi.RoutingPattern;
import java.util.List;

/** Which messages a pattern asks for. */
final class Patterns {

    private Patterns() {}

    static boolean matches(RoutingPattern pattern, Message message) {
        return matches(pattern, message.routingKey()) || matches(pattern, message.typeKey());
    }

    private static boolean matches(RoutingPattern pattern, String key) {
        return matches(words(pattern.text()), words(key));
    }

    private static boolean matches(List<String> pattern, List<String> key) {
        if (pattern.isEmpty()) {
            return key.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("#")) {
            return matches(rest, key) || (!key.isEmpty() && matches(pattern, key.subList(1, key.size())));
        }
        boolean first =
                !key.isEmpty() && (pattern.get(0).equals("*") || pattern.get(0).equals(key.get(0)));
        return first && matches(rest, key.subList(1, key.size()));
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\.", -1));
    }
}
