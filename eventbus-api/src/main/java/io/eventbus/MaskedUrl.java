package io.eventbus;

/**
 * A URL as it may be printed: without user information, query and fragment, well-formed or not. A password that was not escaped
 * may hold any character, so everything before the last {@code @} may be part of it.
 */
final class MaskedUrl {
    private static final String MASK = "***@";

    private MaskedUrl() {}

    static String of(String url) {
        int at = url.lastIndexOf('@');
        String masked = at < 0 ? url : url.substring(0, secretBegin(url, at)) + MASK + url.substring(at + 1);
        int end = 0;
        while (end < masked.length() && masked.charAt(end) != '?' && masked.charAt(end) != '#') {
            end++;
        }
        return masked.substring(0, end);
    }

    /** After the scheme, if there is one. */
    private static int secretBegin(String url, int at) {
        int slashes = url.indexOf("//");
        int colon = url.indexOf(':');
        if (slashes >= 0 && slashes < at) {
            return slashes + 2;
        }
        return colon >= 0 && colon < at ? colon + 1 : 0;
    }
}
