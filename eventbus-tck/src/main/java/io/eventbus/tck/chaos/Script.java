package io.eventbus.tck.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens when, and for how long publishers keep going meanwhile. Immutable.
 *
 * @param length how long publishers keep going: until the last action is over at least, whatever is given here; whole milliseconds
 * @param actions the actions, by their time
 */
public record Script(Duration length, List<Action> actions) {

    private static final String LENGTH = "LENGTH ";

    /** Copies the list and puts it in order. */
    public Script {
        actions = actions.stream()
                .sorted(Comparator.comparingLong(Action::atMillis))
                .toList();
    }

    /**
     * Makes a script from a seed. Each trouble comes at its own pace, whatever the others are.
     *
     * @param setting the seed, the length and the pace
     * @param troubles what can be caused
     * @return the same for the same arguments
     */
    static Script random(Setting setting, Set<Trouble> troubles) {
        List<Action> actions = new ArrayList<>();
        for (Trouble trouble : Trouble.values()) {
            if (troubles.contains(trouble)) {
                add(
                        trouble,
                        setting,
                        new Random(setting.seed() * 31 + trouble.name().hashCode()),
                        actions);
            }
        }
        return new Script(setting.length(), actions);
    }

    private static void add(Trouble trouble, Setting setting, Random random, List<Action> actions) {
        double every = setting.scaled(trouble.every()).toMillis();
        long longest = setting.scaled(trouble.longest()).toMillis();
        for (double turn = 0; turn * every < setting.length().toMillis(); turn++) {
            long at = (long) ((turn + random.nextDouble()) * every);
            long lasts = longest == 0 ? 0 : 1 + (long) (random.nextDouble() * longest);
            int target = random.nextInt(1000);
            if (at < setting.length().toMillis()) {
                actions.add(new Action(at, trouble, target, lasts));
            }
        }
    }

    /** {@return when the last trouble is over} */
    Duration end() {
        return Duration.ofMillis(actions.stream()
                .mapToLong(action -> action.atMillis() + action.lastsMillis())
                .max()
                .orElse(0));
    }

    long count(Trouble trouble) {
        return actions.stream().filter(action -> action.trouble() == trouble).count();
    }

    /**
     * Reads a script.
     *
     * @param file what {@link #write} has written
     * @return the script
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no script; the message names the file and quotes the line
     */
    public static Script read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try {
            return new Script(
                    length(lines), lines.stream().skip(1).map(Action::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is no script: " + e.getMessage(), e);
        }
    }

    private static Duration length(List<String> lines) {
        String first = lines.isEmpty() ? "" : lines.get(0).trim();
        if (!first.matches(LENGTH + "\\d{1,15}")) {
            throw new IllegalArgumentException("its first line is not '" + LENGTH + "MILLISECONDS': " + first);
        }
        return Duration.ofMillis(Long.parseLong(first.substring(LENGTH.length())));
    }

    /**
     * Writes the length in milliseconds, then one action a line.
     *
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Stream<String> lines = actions.stream().map(Action::toString);
        Files.write(
                file,
                Stream.concat(Stream.of(LENGTH + length.toMillis()), lines).toList());
    }
}
