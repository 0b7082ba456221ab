package io.eventbus;

import java.util.regex.Pattern;

/** A URL as it may be printed: without user information and without query, well-formed or not. */
final class MaskedUrl {
    private static final Pattern USER_INFO = Pattern.compile("(?s)//.*@");

    private MaskedUrl() {}

    static String of(String url) {
        String masked = USER_INFO.matcher(url).replaceFirst("//***@");
        int query = masked.indexOf('?');
        return query < 0 ? masked : masked.substring(0, query);
    }
}
