package io.eventbus.spi;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One option of a transport: enough to check a value, to document it and to suggest the right name for a wrong one.
 *
 * @param name the full name, such as {@code rabbitmq.queue-type}; of a {@link Type#PREFIX}, what the full names begin with
 * @param type how the value is written
 * @param choices the allowed values of a {@link Type#CHOICE}, else empty
 * @param defaultValue what holds when nothing is given; a {@link Type#PREFIX} has none
 * @param meaning one sentence for people
 */
public record OptionDescriptor(String name, Type type, List<String> choices, String defaultValue, String meaning) {

    /** The longest time span that an option, or a setting of the bus, may have: all can count in it without overflow. */
    public static final Duration LONGEST_DURATION = Duration.ofDays(365);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** How the value of an option is written. */
    public enum Type {
        /** Any text. */
        TEXT,
        /** A whole number above zero. */
        INTEGER,
        /** A whole number and a unit, such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}; at most 365 days. */
        DURATION,
        /** One of the descriptor's choices. */
        CHOICE,
        /**
         * Any text, for each of many names that begin with the descriptor's name: the settings of a client library. {@link
         * TransportProvider#namesBelow} knows them. None is there unless it is given.
         */
        PREFIX
    }

    /** Copies the choices and checks the default against them. */
    public OptionDescriptor {
        choices = List.copyOf(choices);
        Optional<String> problem = problemWith(type, choices, defaultValue);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("default of option " + name + ": " + problem.get());
        }
    }

    /**
     * An option of any text.
     *
     * @param name the full name
     * @param defaultValue the default
     * @param meaning one sentence
     * @return the descriptor
     */
    public static OptionDescriptor text(String name, String defaultValue, String meaning) {
        return new OptionDescriptor(name, Type.TEXT, List.of(), defaultValue, meaning);
    }

    /**
     * An option that is a whole number above zero.
     *
     * @param name the full name
     * @param defaultValue the default
     * @param meaning one sentence, naming the unit
     * @return the descriptor
     */
    public static OptionDescriptor integer(String name, int defaultValue, String meaning) {
        return new OptionDescriptor(name, Type.INTEGER, List.of(), Integer.toString(defaultValue), meaning);
    }

    /**
     * An option that is a time span.
     *
     * @param name the full name
     * @param defaultValue the default, such as {@code 30s}
     * @param meaning one sentence
     * @return the descriptor
     */
    public static OptionDescriptor duration(String name, String defaultValue, String meaning) {
        return new OptionDescriptor(name, Type.DURATION, List.of(), defaultValue, meaning);
    }

    /**
     * An option with a few allowed values, the first of which is the default.
     *
     * @param name the full name
     * @param choices the allowed values
     * @param meaning one sentence
     * @return the descriptor
     */
    public static OptionDescriptor choice(String name, List<String> choices, String meaning) {
        return new OptionDescriptor(name, Type.CHOICE, choices, choices.get(0), meaning);
    }

    /**
     * All options whose names begin alike, such as the settings of a client library.
     *
     * @param prefix what the full names begin with, such as {@code kafka.producer.}
     * @param meaning one sentence
     * @return the descriptor
     */
    public static OptionDescriptor prefix(String prefix, String meaning) {
        return new OptionDescriptor(prefix, Type.PREFIX, List.of(), "", meaning);
    }

    /**
     * What is wrong with a value.
     *
     * @param value what the user wrote
     * @return a phrase for the error message that says what would be right, or empty if the value is good
     */
    public Optional<String> problemWith(String value) {
        return problemWith(type, choices, value);
    }

    /**
     * Reads a time span as {@link Type#DURATION} writes it.
     *
     * @param text such as {@code 500ms}
     * @return the time span
     * @throws IllegalArgumentException if the text is none, or one longer than {@link #LONGEST_DURATION}
     */
    public static Duration parseDuration(String text) {
        return duration(text).orElseThrow(() -> new IllegalArgumentException(expectation(Type.DURATION, List.of())));
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return duration.compareTo(LONGEST_DURATION) > 0 ? Optional.empty() : Optional.of(duration);
    }

    private static Optional<String> problemWith(Type type, List<String> choices, String value) {
        boolean good = switch (type) {
            case TEXT, PREFIX -> true;
            case INTEGER -> value.matches("[1-9]\\d{0,8}");
            case DURATION -> duration(value).isPresent();
            case CHOICE -> choices.contains(value);
        };
        return good ? Optional.empty() : Optional.of(expectation(type, choices));
    }

    private static String expectation(Type type, List<String> choices) {
        return switch (type) {
            case TEXT, PREFIX -> "expected text";
            case INTEGER -> "expected a whole number above zero";
            case DURATION ->
                "expected a duration such as 500ms, 30s, 5m or 1h, at most " + LONGEST_DURATION.toDays() + " days";
            case CHOICE -> "expected one of " + String.join(", ", choices);
        };
    }
}
