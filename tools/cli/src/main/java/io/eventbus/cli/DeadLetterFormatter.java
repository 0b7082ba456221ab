package io.eventbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.eventbus.DeadLetter;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Writes a dead letter for people, in a line or in full, and as JSON. */
final class DeadLetterFormatter {
    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterFormatter() {}

    static String line(DeadLetter letter) {
        return ReadableFormatter.withoutControls(String.join(
                "  ",
                letter.lastFailure().toString(),
                letter.event().id(),
                type(letter.event()),
                Objects.requireNonNullElse(letter.event().key(), "-"),
                letter.reason().name(),
                "attempts " + letter.attempts(),
                "replays " + letter.replays(),
                thrown(letter)));
    }

    static String text(DeadLetter letter) {
        StringBuilder text = new StringBuilder();
        add(text, "id", letter.event().id());
        add(text, "type", type(letter.event()));
        add(text, "key", Objects.requireNonNullElse(letter.event().key(), "-"));
        add(text, "time", letter.event().occurredAt().toString());
        letter.event().headers().forEach((name, value) -> add(text, "header", name + "=" + value));
        add(text, "reason", letter.reason().name());
        add(text, "group", letter.group() + " of topic " + letter.topic());
        add(text, "member", letter.member());
        add(text, "handlers", letter.handlers());
        add(text, "attempts", Integer.toString(letter.attempts()));
        add(text, "replays", Integer.toString(letter.replays()));
        add(text, "first failure", letter.firstFailure().toString());
        add(text, "last failure", letter.lastFailure().toString());
        add(text, "exception", thrown(letter));
        letter.stack().lines().forEach(frame -> add(text, "", frame));
        add(
                text,
                "payload",
                ReadableFormatter.beginning(letter.event().payload().body()));
        return text.toString().stripTrailing();
    }

    static String json(DeadLetter letter) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeFieldName("event");
            json.writeRawValue(EventFormatter.format(letter.event()));
            json.writeStringField("topic", letter.topic());
            json.writeStringField("group", letter.group());
            json.writeStringField("member", letter.member());
            json.writeStringField("reason", letter.reason().name());
            json.writeStringField("handlers", letter.handlers());
            json.writeStringField("exceptionType", letter.exceptionType());
            json.writeStringField("exceptionMessage", letter.exceptionMessage());
            json.writeStringField("stack", letter.stack());
            json.writeNumberField("attempts", letter.attempts());
            json.writeNumberField("replays", letter.replays());
            json.writeStringField("firstFailure", letter.firstFailure().toString());
            json.writeStringField("lastFailure", letter.lastFailure().toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return line.toString();
    }

    private static String type(Event<RawEvent> event) {
        return Message.typeKey(event.aggregateType(), event.type());
    }

    private static String thrown(DeadLetter letter) {
        String message = Objects.requireNonNullElse(letter.exceptionMessage(), "-");
        return letter.exceptionType() == null ? message : letter.exceptionType() + ": " + message;
    }

    private static void add(StringBuilder text, String name, String value) {
        text.append(String.format("%-14s", name))
                .append(ReadableFormatter.withoutControls(value))
                .append('\n');
    }
}
