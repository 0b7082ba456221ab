package io.eventbus.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The value of one field, at which the parser stands. Read by exactly one of the methods. */
record JsonValue(JsonParser json, String line, String field) {

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    String string() throws IOException, BadLineException {
        require(JsonToken.VALUE_STRING, "a string");
        return json.getText();
    }

    long positive(long most) throws IOException, BadLineException {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && json.getLongValue() > 0
                && json.getLongValue() <= most) {
            return json.getLongValue();
        }
        throw new BadLineException(
                field + " is " + json.getText() + "; expected a whole number above zero, at most " + most);
    }

    Instant time() throws IOException, BadLineException {
        try {
            return OffsetDateTime.parse(string()).toInstant();
        } catch (DateTimeException e) {
            throw new BadLineException(field + ": expected a time such as 2026-01-31T12:00:00Z");
        }
    }

    byte[] base64() throws IOException, BadLineException {
        try {
            return Base64.getDecoder().decode(string());
        } catch (IllegalArgumentException e) {
            throw new BadLineException(field + " is not Base64: " + e.getMessage());
        }
    }

    Map<String, String> strings() throws IOException, BadLineException {
        require(JsonToken.START_OBJECT, "an object of strings");
        Map<String, String> strings = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            strings.put(name, new JsonValue(json, line, field + "." + name).string());
        }
        return strings;
    }

    /** The value as it stands in the line. */
    String source() throws IOException {
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        json.finishToken();
        return line.substring(start, (int) json.currentLocation().getCharOffset());
    }

    private void require(JsonToken expected, String description) throws BadLineException {
        if (json.currentToken() != expected) {
            throw new BadLineException(field + ": expected " + description + ", at column "
                    + json.currentTokenLocation().getColumnNr());
        }
    }
}
