package io.eventbus.tck;

import java.util.Map;

/**
 * How an application gets at a broker over TLS.
 *
 * @param url the broker's URL, credentials included
 * @param options what it says besides, by the options' full names
 */
public record SecureAccess(String url, Map<String, String> options) {

    /** Copies the options. */
    public SecureAccess {
        options = Map.copyOf(options);
    }
}
