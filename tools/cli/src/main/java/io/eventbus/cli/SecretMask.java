package io.eventbus.cli;

import java.util.Objects;
import java.util.regex.Pattern;

/** Makes text printable that may hold a broker's URL, or what was meant as one: without user information and without query. */
final class SecretMask {
    /** Behind the slashes; without them, as where the scheme was forgotten or a path was made of it, anything with a colon. */
    private static final Pattern USER_INFO = Pattern.compile("(//)[^\\s']*@|[^\\s'/]+:(?!//)[^\\s']*@");

    private static final Pattern QUERY = Pattern.compile("(\\w:[^\\s'?]*)\\?[^\\s']*");

    private SecretMask() {}

    static String mask(String text) {
        String withoutUser =
                USER_INFO.matcher(text).replaceAll(found -> Objects.requireNonNullElse(found.group(1), "") + "***@");
        return QUERY.matcher(withoutUser).replaceAll("$1");
    }
}
