package io.eventbus.tck.chaos;

import io.eventbus.tck.Scenario;
import java.time.Duration;

/**
 * How a scenario is played.
 *
 * @param seed decides what happens when
 * @param length how long publishers keep going in the script that the seed makes
 * @param minute what a minute of usual pace is: shorter, where nothing takes long
 * @param members how many members at once, where the order of a key holds across members; one at a time elsewhere
 * @param eventsPerSecond how many events are published each second
 * @param keys how many keys they have
 * @param search how long to look for a shorter script when one fails
 */
public record Setting(
        long seed, Duration length, Duration minute, int members, int eventsPerSecond, int keys, Duration search) {

    /** How many buses publish. */
    static final int PUBLISHERS = 2;

    /** How many keys events usually have. */
    public static final int KEYS = 64;

    /** Many tries of a short script, and an end to a build that fails. */
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(5);

    private static final int SEARCHES_PER_LENGTH = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * The usual scenario.
     *
     * @param length how long publishers keep going
     * @return with a seed of its own, or that of {@value Scenario#SEED_PROPERTY}
     */
    public static Setting of(Duration length) {
        Duration search = length.multipliedBy(SEARCHES_PER_LENGTH);
        Duration bounded = search.compareTo(LONGEST_SEARCH) < 0 ? search : LONGEST_SEARCH;
        return new Setting(Scenario.newSeed(), length, MINUTE, 2, 200, KEYS, bounded);
    }

    /**
     * The scenario of a transport without network, where nothing takes long.
     *
     * @param length how long publishers keep going
     * @return a minute's troubles in this time
     */
    public static Setting compressed(Duration length) {
        return new Setting(Scenario.newSeed(), length, length, 1, 1000, 16, length.multipliedBy(5));
    }

    Setting withMembers(int count) {
        return new Setting(seed, length, minute, count, eventsPerSecond, keys, search);
    }

    /** The time that something of usual pace takes here. */
    Duration scaled(Duration usual) {
        return Duration.ofMillis(usual.toMillis() * minute.toMillis() / MINUTE.toMillis());
    }
}
