package io.eventbus;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker's URL in its parts: the query holds options, named with or without the transport's prefix. */
record BrokerUrl(URI address, String scheme, Map<String, String> query) {

    /** A name of other characters is more likely part of a password with a question mark, so it is not shown. */
    private static final Pattern OPTION = Pattern.compile("([A-Za-z0-9._-]+)(=.*)?", Pattern.DOTALL);

    private static final int MAX_PORT = 65_535;

    static BrokerUrl parse(String url) {
        int mark = url.indexOf('?');
        URI address = parseAddress(mark < 0 ? url : url.substring(0, mark), url);
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        return new BrokerUrl(address, scheme, mark < 0 ? Map.of() : query(url.substring(mark + 1), url));
    }

    /** The options in the query, by their full names. */
    Map<String, String> options(String transport) {
        Map<String, String> options = new LinkedHashMap<>();
        query.forEach((name, value) -> options.put(name.contains(".") ? name : transport + "." + name, value));
        return options;
    }

    private static URI parseAddress(String address, String url) {
        try {
            // A URI cannot be a scheme alone, as in "memory:".
            URI parsed = new URI(address.endsWith(":") ? address + "/" : address);
            if (parsed.getScheme() == null) {
                throw malformed(url, "it has no scheme");
            }
            if (parsed.getRawFragment() != null) {
                throw malformed(url, "it has a fragment, which begins with #");
            }
            // what a password with a slash has behind it would be taken for a path, and paths are shown
            if (parsed.getRawPath() != null && parsed.getRawPath().indexOf('@') >= 0) {
                throw malformed(
                        url, "there is an @ in its path, where it is written %40; in a password, / is written %2F");
            }
            if (parsed.getPort() > MAX_PORT) {
                throw malformed(url, "its port is above " + MAX_PORT);
            }
            return parsed;
        } catch (URISyntaxException e) {
            throw malformed(url, e.getReason() + " at position " + e.getIndex());
        }
    }

    private static ConfigurationException malformed(String url, String reason) {
        return new ConfigurationException(
                List.of(
                        "malformed URL " + MaskedUrl.of(url) + ": " + reason
                                + "; expected something like amqp://user:password@host:5672 or memory:name, special characters written as %XX"));
    }

    private static Map<String, String> query(String text, String url) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            Matcher option = OPTION.matcher(pair);
            if (option.matches()) {
                String value = option.group(2) == null ? "" : option.group(2).substring(1);
                query.put(option.group(1), decode(value, url));
            } else if (!pair.isEmpty()) {
                throw malformed(url, "what follows its ? is no list of name=value");
            }
        }
        return query;
    }

    private static String decode(String text, String url) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(url, "its query holds a % that two hexadecimal digits do not follow");
        }
    }
}
