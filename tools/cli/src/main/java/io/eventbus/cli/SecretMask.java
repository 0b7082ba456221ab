package io.eventbus.cli;

import java.util.regex.Pattern;

/** Makes text printable that may hold a broker's URL: without user information and without query. */
final class SecretMask {
    private static final Pattern USER_INFO = Pattern.compile("//[^\\s']*@");
    private static final Pattern QUERY = Pattern.compile("(\\w:[^\\s'?]*)\\?[^\\s']*");

    private SecretMask() {}

    static String mask(String text) {
        String withoutUser = USER_INFO.matcher(text).replaceAll("//***@");
        return QUERY.matcher(withoutUser).replaceAll("$1");
    }
}
