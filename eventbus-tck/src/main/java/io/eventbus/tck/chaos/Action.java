package io.eventbus.tck.chaos;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One trouble at its time.
 *
 * @param atMillis when, in milliseconds from the beginning
 * @param trouble what
 * @param target whom: the number of the member or the publisher, modulo how many there are
 * @param lastsMillis for how long, in milliseconds
 */
public record Action(long atMillis, Trouble trouble, int target, long lastsMillis) {

    private static final Pattern LINE = Pattern.compile("(\\d{1,15})\\s+("
            + Arrays.stream(Trouble.values()).map(Trouble::name).collect(Collectors.joining("|"))
            + ")\\s+(\\d{1,9})\\s+(\\d{1,15})");

    /**
     * Reads what {@link #toString} writes.
     *
     * @param line the four components, separated by blanks
     * @return the action
     * @throws IllegalArgumentException if it is not one
     */
    public static Action parse(String line) {
        Matcher matcher = LINE.matcher(line.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not TIME TROUBLE TARGET DURATION, in milliseconds: " + line);
        }
        return new Action(
                Long.parseLong(matcher.group(1)),
                Trouble.valueOf(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }

    /** {@return the action on one line} */
    @Override
    public String toString() {
        return atMillis + " " + trouble + " " + target + " " + lastsMillis;
    }
}
