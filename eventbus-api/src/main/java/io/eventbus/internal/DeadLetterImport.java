package io.eventbus.internal;

import io.eventbus.DeadLetterFormatException;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Stores lines as dead letters of a group, with some on the way at once. Used once. */
final class DeadLetterImport {
    private static final int ON_THE_WAY = 100;

    private final PublishPipeline pipeline;
    private final Destination.DeadLetters destination;
    private final Pace pace;
    private final List<Publish> open = new ArrayList<>();
    private long lines;
    private long imported;

    DeadLetterImport(PublishPipeline pipeline, Destination.DeadLetters destination, Pace pace) {
        this.pipeline = pipeline;
        this.destination = destination;
        this.pace = pace;
    }

    /** How many letters the lines were. A line that is none, or cannot be read, ends it when those before it are stored. */
    long run(Iterator<String> source) {
        try {
            sendAll(source);
        } catch (RuntimeException e) {
            open.forEach(
                    publish -> publish.result().exceptionally(failure -> null).join());
            throw e;
        }
        awaitOpen();
        return imported;
    }

    private void sendAll(Iterator<String> source) {
        while (source.hasNext()) {
            lines++;
            String line = source.next();
            if (!line.isBlank()) {
                pace.step();
                open.add(pipeline.send(destination, parse(line)));
            }
            if (open.size() == ON_THE_WAY) {
                awaitOpen();
            }
        }
    }

    private Message parse(String line) {
        try {
            return DeadLetterLine.parse(line);
        } catch (IOException e) {
            throw new DeadLetterFormatException(lines, String.valueOf(e.getMessage()), e);
        }
    }

    private void awaitOpen() {
        open.forEach(Waiting::on);
        imported += open.size();
        open.clear();
    }
}
