package io.eventbus.spi;

/**
 * What a receiver asks for: a pattern of dot-separated words in which {@code *} stands for one word and {@code #} for
 * any number of them.
 *
 * <p>A transport hands over every message whose {@link Message#routingKey()} or whose {@link Message#typeKey()} matches
 * any pattern that the group was ever asked for. It may hand over more, since the engine matches again: a broker that
 * cannot filter ignores patterns altogether.
 *
 * @param text the pattern
 */
public record RoutingPattern(String text) {

    /** Asks for everything. */
    public static final RoutingPattern ALL = new RoutingPattern("#");
}
