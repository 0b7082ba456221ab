package io.eventbus;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker's URL in its parts: the query holds options, named with or without the transport's prefix. */
record BrokerUrl(URI address, String scheme, List<Map.Entry<String, String>> query) {

    /** A name of other characters is more likely part of a password with a question mark, so it is not shown. */
    private static final Pattern OPTION = Pattern.compile("([A-Za-z0-9._-]+)(=.*)?", Pattern.DOTALL);

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?");

    private static final String ESCAPES = "in a user or a password, @ : / are written %40 %3A %2F";

    private static final int MAX_PORT = 65_535;

    static BrokerUrl parse(String url) {
        int mark = url.indexOf('?');
        URI address = parseAddress(mark < 0 ? url : url.substring(0, mark), url);
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        return new BrokerUrl(address, scheme, mark < 0 ? List.of() : query(url.substring(mark + 1), url));
    }

    /** The options in the query, by their full names; adds a problem for each that is there more than once. */
    Map<String, String> options(String transport, List<String> problems) {
        Map<String, String> options = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (Map.Entry<String, String> option : query) {
            String name = option.getKey().contains(".") ? option.getKey() : transport + "." + option.getKey();
            if (options.put(name, option.getValue()) != null) {
                repeated.add(name);
            }
        }
        repeated.forEach(name -> problems.add("the URL has the option " + name + " more than once; give it once"));
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
                throw malformed(url, "there is an @ in its path, where it is written %40; " + ESCAPES);
            }
            String authority = parsed.getRawAuthority();
            if (authority != null && authority.indexOf('@') != authority.lastIndexOf('@')) {
                throw malformed(url, "there is more than one @ before its path; " + ESCAPES);
            }
            if (parsed.getPort() > MAX_PORT) {
                throw malformed(url, "its port is above " + MAX_PORT);
            }
            return parsed;
        } catch (URISyntaxException e) {
            boolean named = SCHEME.matcher(address).lookingAt() || address.contains("://");
            throw malformed(url, named ? e.getReason() + " at position " + e.getIndex() : "it has no scheme");
        }
    }

    private static ConfigurationException malformed(String url, String reason) {
        return new ConfigurationException(List.of("malformed URL " + MaskedUrl.of(url) + ": " + reason
                + "; expected something like " + example(url) + ", special characters written as %XX"));
    }

    /** With the scheme that was meant, as far as there is one to see. */
    private static String example(String url) {
        Matcher scheme = SCHEME.matcher(url);
        return scheme.lookingAt() && scheme.group(2) != null
                ? scheme.group(1) + "://user:password@host:port"
                : "amqp://user:password@host:5672 or memory:name";
    }

    private static List<Map.Entry<String, String>> query(String text, String url) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            Matcher option = OPTION.matcher(pair);
            if (option.matches()) {
                String value = option.group(2) == null ? "" : option.group(2).substring(1);
                query.add(Map.entry(option.group(1), decode(value, url)));
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
