package io.eventbus;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A broker's URL in its parts: the query holds options, named with or without the transport's prefix. */
record BrokerUrl(URI address, String scheme, Map<String, String> query) {

    static BrokerUrl parse(String url) {
        int mark = url.indexOf('?');
        String address = mark < 0 ? url : url.substring(0, mark);
        URI parsed = parseAddress(address);
        return new BrokerUrl(
                parsed,
                parsed.getScheme().toLowerCase(Locale.ROOT),
                mark < 0 ? Map.of() : query(url.substring(mark + 1)));
    }

    /** The options in the query, by their full names. */
    Map<String, String> options(String transport) {
        Map<String, String> options = new LinkedHashMap<>();
        query.forEach((name, value) -> options.put(name.contains(".") ? name : transport + "." + name, value));
        return options;
    }

    private static URI parseAddress(String address) {
        try {
            // A URI cannot be a scheme alone, as in "memory:".
            URI parsed = new URI(address.endsWith(":") ? address + "/" : address);
            if (parsed.getScheme() != null) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            throw malformed(address, e.getReason() + " at position " + e.getIndex());
        }
        throw malformed(address, "it has no scheme");
    }

    private static ConfigurationException malformed(String address, String reason) {
        return new ConfigurationException(
                List.of(
                        "malformed URL " + MaskedUrl.of(address) + ": " + reason
                                + "; expected something like amqp://user:password@host:5672 or memory:name, special characters written as %XX"));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                query.put(decode(pair), "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    List.of("the URL's query holds a % that two hexadecimal digits do not follow"));
        }
    }
}
