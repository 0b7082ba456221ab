package io.eventbus.cli.fuzz;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.io.IOException;

/** What the group under test expects, and seldom gets. */
@EventType(aggregate = "Fuzz", name = "Fuzzed")
record Fuzzed(@EventKey String id, long number, String text) {
    private static final ObjectReader READER =
            new ObjectMapper().readerFor(Fuzzed.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** {@return whether a message can be read as one: of any other, to handle it is a mistake} */
    static boolean isIn(Expectation sent, byte[] body) {
        return sent.isOf("Fuzz", "Fuzzed") && isReadableIn(body);
    }

    private static boolean isReadableIn(byte[] body) {
        try {
            return READER.readValue(body) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
