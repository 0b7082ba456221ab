package io.eventbus.tck.chaos;

/**
 * One trouble at its time.
 *
 * @param atMillis when, in milliseconds from the beginning
 * @param trouble what
 * @param target whom: the number of the member or the publisher, modulo how many there are
 * @param lastsMillis for how long, in milliseconds
 */
public record Action(long atMillis, Trouble trouble, int target, long lastsMillis) {

    /**
     * Reads what {@link #toString} writes.
     *
     * @param line the four components, separated by blanks
     * @return the action
     * @throws IllegalArgumentException if it is not one
     */
    public static Action parse(String line) {
        String[] parts = line.trim().split("\\s+", 5);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not TIME TROUBLE TARGET DURATION, in milliseconds: " + line);
        }
        return new Action(
                Long.parseLong(parts[0]),
                Trouble.valueOf(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]));
    }

    /** {@return the action on one line} */
    @Override
    public String toString() {
        return atMillis + " " + trouble + " " + target + " " + lastsMillis;
    }
}
