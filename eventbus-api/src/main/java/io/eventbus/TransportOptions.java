package io.eventbus;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks what a user wrote against what a transport understands, and fills in the defaults. Tests of the conformance kit override
 * it, to break it.
 */
class TransportOptions {
    private static final int CLOSE_ENOUGH = 3;

    Map<String, String> complete(TransportProvider provider, Map<String, String> given, List<String> problems) {
        Map<String, String> complete = new HashMap<>();
        provider.options().stream()
                .filter(option -> option.type() != OptionDescriptor.Type.PREFIX)
                .forEach(option -> complete.put(option.name(), option.defaultValue()));
        given.forEach((name, value) -> find(provider, name)
                .map(option -> problemWith(option, value))
                .orElseGet(() -> Optional.of(unknown(provider, name)))
                .ifPresent(problems::add));
        complete.putAll(given);
        return complete;
    }

    private static Optional<OptionDescriptor> find(TransportProvider provider, String name) {
        return provider.options().stream()
                .filter(option -> names(provider, option, name).anyMatch(name::equals))
                .findFirst();
    }

    /** The full names that an option stands for, as far as they could be the given one. */
    private static Stream<String> names(TransportProvider provider, OptionDescriptor option, String given) {
        if (option.type() != OptionDescriptor.Type.PREFIX) {
            return Stream.of(option.name());
        }
        return given.startsWith(option.name())
                ? provider.namesBelow(option).stream().map(option.name()::concat)
                : Stream.of();
    }

    /** The value is left out: it may be a secret. */
    Optional<String> problemWith(OptionDescriptor option, String value) {
        return option.problemWith(value).map(problem -> "bad value of option " + option.name() + ": " + problem);
    }

    private static String unknown(TransportProvider provider, String name) {
        String suggestion = provider.options().stream()
                .flatMap(option -> names(provider, option, name))
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                .filter(candidate -> distance(candidate, name) <= CLOSE_ENOUGH)
                .map(candidate -> " (did you mean " + candidate + "?)")
                .orElse("");
        String all = provider.options().stream()
                .map(option -> option.type() == OptionDescriptor.Type.PREFIX ? option.name() + "*" : option.name())
                .sorted()
                .collect(Collectors.joining(", "));
        return "unknown option " + name + suggestion + "; the transport " + provider.name() + " knows "
                + (all.isEmpty() ? "none" : all);
    }

    /** How many letters have to be changed, added or removed. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
