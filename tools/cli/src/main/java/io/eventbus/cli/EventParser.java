package io.eventbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Reads an event from its line. The payload keeps the characters that it has in the line. */
final class EventParser {
    private static final JsonFactory JSON = new JsonFactory();

    /** What the parser tells those who call it: where it has the text from, and by which setting it would take it. */
    private static final Pattern FOR_PROGRAMMERS =
            Pattern.compile(" ?\\((start marker|for \\w+ starting|not recognized|consider enabling) .*\\)"
                    + "|, from `[^`]*`|: enable `[^`]*` to allow");

    private EventParser() {}

    /**
     * Reads an event.
     *
     * @param line a JSON object
     * @return the event to publish
     * @throws BadLineException saying what is wrong with the line
     */
    static Event<RawEvent> parse(String line) throws BadLineException {
        try (JsonParser json = JSON.createParser(line)) {
            return parse(json, line);
        } catch (StreamConstraintsException e) { // which has no location
            throw new BadLineException(message(e));
        } catch (JsonProcessingException e) {
            throw new BadLineException(
                    "not JSON: " + message(e) + ", at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private static String message(JsonProcessingException e) {
        return FOR_PROGRAMMERS.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }

    private static Event<RawEvent> parse(JsonParser json, String line) throws IOException, BadLineException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new BadLineException("expected an object in braces");
        }
        EventLine event = new EventLine();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            event.set(name, new JsonValue(json, line, name));
        }
        if (json.nextToken() != null) {
            throw new BadLineException("something follows the event, at column "
                    + json.currentTokenLocation().getColumnNr());
        }
        return event.toEvent();
    }
}
