package io.eventbus.cli;

import io.eventbus.tck.Scenario;
import io.eventbus.tck.ShellWord;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a chaos scenario is, and how the same is asked for again. */
final class ChaosOptions {
    private static final double LONGEST_SEARCH = 180;
    private static final double MILLIS_PER_MINUTE = 60_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--broker",
            paramLabel = "PRODUCT",
            description = "The broker to start: ${COMPLETION-CANDIDATES} (default: one after the other).")
    private @Nullable BrokerProduct only;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long to publish; a fraction may be given (default: 1, or what the script says).")
    private @Nullable Double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what happens when; printed in each run.")
    private @Nullable Long seed;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "What happens when and how long it takes, in place of what the seed makes.")
    private @Nullable Path script;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events published each second (default: ${DEFAULT-VALUE}).")
    private int rate = 250;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Members at once, where keys keep their order across members (default: ${DEFAULT-VALUE}).")
    private int members = 2;

    @Option(
            names = "--redis-setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the Redis that is started, such as appendfsync=everysec.")
    private Map<String, String> redisSettings = Map.of();

    @Option(
            names = "--search-minutes",
            paramLabel = "N",
            description =
                    "How long to look for a shorter script when one fails (default: ten times the length, at most three hours).")
    private double search = -1;

    /** The brokers to play on, one after the other. */
    List<BrokerProduct> brokers() {
        return only == null ? List.of(BrokerProduct.values()) : List.of(only);
    }

    /** Arguments for the start of a broker. */
    List<String> arguments(BrokerProduct broker) {
        return settings(broker).entrySet().stream()
                .flatMap(setting -> Stream.of("--" + setting.getKey(), setting.getValue()))
                .toList();
    }

    /**
     * The script to play in place of what the seed makes.
     *
     * @throws IOException if the file cannot be read
     * @throws ParameterException if it is no script
     */
    Optional<Script> script() throws IOException {
        if (script == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Script.read(script));
        } catch (IllegalArgumentException e) {
            throw refused("--script: " + e.getMessage());
        }
    }

    /**
     * How it is played.
     *
     * @param given the script, if there is one
     * @throws ParameterException if the options make no sense
     */
    Setting setting(Optional<Script> given) {
        if (!redisSettings.isEmpty() && only != null && only != BrokerProduct.REDIS) {
            throw refused("--redis-setting is for --broker redis");
        }
        if (given.isPresent() && minutes != null) {
            throw refused("--minutes is for what the seed makes; the first line of the script says how long it takes");
        }
        if (minutes() <= 0 || rate < 1 || members < 1) {
            throw refused("--minutes, --rate and --members must be above 0");
        }
        Duration length = given.map(Script::length).orElseGet(() -> duration(minutes()));
        double longest = Math.min(10 * length.toMillis() / MILLIS_PER_MINUTE, LONGEST_SEARCH);
        return new Setting(
                seed == null ? Scenario.newSeed() : seed,
                length,
                Duration.ofMinutes(1),
                members,
                rate,
                Setting.KEYS,
                duration(search < 0 ? longest : search));
    }

    /**
     * The command that plays the same again on one broker, to be pasted into a shell.
     *
     * @param broker the broker
     * @param used the seed that was used
     * @param shorter a script to play in place of the whole, if there is one
     */
    String again(BrokerProduct broker, long used, Optional<Path> shorter) {
        List<String> words = new ArrayList<>(List.of("./eventbus", "tck", "--chaos", "--broker", broker.toString()));
        settings(broker).forEach((name, value) -> words.addAll(List.of("--redis-setting", name + "=" + value)));
        words.addAll(shorter.or(() -> Optional.ofNullable(script))
                .map(file -> List.of("--script", file.toString()))
                .orElseGet(() -> List.of("--minutes", Double.toString(minutes()))));
        words.addAll(List.of("--seed", Long.toString(used), "--rate", Integer.toString(rate)));
        words.addAll(List.of("--members", Integer.toString(members)));
        if (search >= 0) {
            words.addAll(List.of("--search-minutes", Double.toString(search)));
        }
        return words.stream().map(word -> new ShellWord(word).toString()).collect(Collectors.joining(" "));
    }

    private Map<String, String> settings(BrokerProduct broker) {
        return broker == BrokerProduct.REDIS ? redisSettings : Map.of();
    }

    private double minutes() {
        return minutes == null ? 1 : minutes;
    }

    private static Duration duration(double ofMinutes) {
        return Duration.ofMillis(Math.round(ofMinutes * MILLIS_PER_MINUTE));
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
