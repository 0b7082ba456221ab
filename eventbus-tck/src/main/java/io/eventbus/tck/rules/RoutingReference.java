package io.eventbus.tck.rules;

import io.eventbus.Binding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What AMQP defines, written down as it is defined: slow, and easy to believe. */
final class RoutingReference {

    private RoutingReference() {}

    /** Whether a pattern of words matches a routing key. */
    static boolean topicMatches(String pattern, String routingKey) {
        return matches(words(pattern), words(routingKey));
    }

    /** Nothing matches nothing; # stands for no word or for one and then itself; * for one word; a word for itself. */
    private static boolean matches(List<String> pattern, List<String> words) {
        if (pattern.isEmpty()) {
            return words.isEmpty();
        }
        String first = pattern.get(0);
        if (first.equals("#")) {
            return matches(withoutFirst(pattern), words) || (!words.isEmpty() && matches(pattern, withoutFirst(words)));
        }
        return !words.isEmpty()
                && (first.equals("*") || first.equals(words.get(0)))
                && matches(withoutFirst(pattern), withoutFirst(words));
    }

    private static List<String> withoutFirst(List<String> list) {
        return list.subList(1, list.size());
    }

    /** What dots separate; words may be empty, and the empty text has none. */
    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
    }

    /** Whether a headers binding matches headers. Names that begin with x- are not part of the binding. */
    static boolean headersMatch(Binding.Headers binding, Map<String, String> headers) {
        List<Boolean> terms = Stream.concat(
                        binding.values().entrySet().stream()
                                .filter(wanted -> isTerm(wanted.getKey()))
                                .map(wanted -> wanted.getValue().equals(headers.get(wanted.getKey()))),
                        binding.present().stream()
                                .filter(RoutingReference::isTerm)
                                .map(headers::containsKey))
                .toList();
        return binding.match() == Binding.Match.ALL ? !terms.contains(false) : terms.contains(true);
    }

    /** Whether any headers can match. */
    static boolean isSatisfiable(Binding.Headers binding) {
        return binding.match() == Binding.Match.ALL
                || Stream.concat(binding.values().keySet().stream(), binding.present().stream())
                        .anyMatch(RoutingReference::isTerm);
    }

    private static boolean isTerm(String headerName) {
        return !headerName.startsWith("x-");
    }
}
