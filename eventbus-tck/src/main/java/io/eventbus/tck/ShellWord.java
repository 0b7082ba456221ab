package io.eventbus.tck;

import java.util.regex.Pattern;

/**
 * A word of a command that is printed, to be pasted into a POSIX shell.
 *
 * @param text what the command gets
 */
public record ShellWord(String text) {

    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    /** {@return the text, in quotes if a shell would take it for anything else} */
    @Override
    public String toString() {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
