package io.eventbus.internal;

import java.util.List;

/**
 * A pattern over the words of a routing key, as AMQP defines it: {@code *} is exactly one word, {@code #} any number.
 * Words are what dots separate; the empty key has none.
 */
final class TopicPattern {
    private static final String ONE = "*";
    private static final String ANY = "#";

    private final List<String> pattern;

    TopicPattern(String pattern) {
        this.pattern = words(pattern);
    }

    /** Greedy with one point of return, the last {@code #}: linear in practice, never exponential. */
    boolean matches(String routingKey) {
        List<String> words = words(routingKey);
        int p = 0;
        int w = 0;
        int hash = -1;
        int resume = 0;
        while (w < words.size()) {
            if (p < pattern.size() && pattern.get(p).equals(ANY)) {
                hash = p++;
                resume = w;
            } else if (p < pattern.size() && fits(pattern.get(p), words.get(w))) {
                p++;
                w++;
            } else if (hash >= 0) {
                p = hash + 1;
                w = ++resume;
            } else {
                return false;
            }
        }
        return pattern.subList(p, pattern.size()).stream().allMatch(ANY::equals);
    }

    private static boolean fits(String pattern, String word) {
        return pattern.equals(ONE) || pattern.equals(word);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
    }
}
