package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a corrected event to its group. */
@Command(
        name = "edit",
        header = "Gives the event of one dead letter to its group again, corrected.",
        description = {
            "",
            "What no option changes stays as it was, the id too. The letter is removed after the broker has accepted the event; "
                    + "its old content is then gone: export it first to keep it.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq edit --url amqp://localhost --topic orders --group billing ID \\",
            "      --data '{\"total\": 12}' --yes",
            "  eventbus dlq edit --url amqp://localhost --topic orders --group billing ID \\",
            "      --file fixed.json --header corrected=by-hand --yes",
        })
final class DlqEditCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Parameters(paramLabel = "ID", description = "The id of its event.")
    private String id = "";

    @Option(names = "--data", paramLabel = "TEXT", description = "The new payload.")
    private @Nullable String data;

    @Option(names = "--file", paramLabel = "FILE", description = "The new payload, byte for byte.")
    private @Nullable Path file;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "The new content type.")
    private @Nullable String contentType;

    @Option(names = "--aggregate-type", paramLabel = "NAME", description = "The new aggregate type.")
    private @Nullable String aggregateType;

    @Option(names = "--type", paramLabel = "NAME", description = "The new type.")
    private @Nullable String type;

    @Option(names = "--key", paramLabel = "KEY", description = "The new key.")
    private @Nullable String key;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header to set; may be repeated.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--remove-header", paramLabel = "NAME", description = "A header to remove; may be repeated.")
    private List<String> removedHeaders = new ArrayList<>();

    @Option(names = "--new-id", paramLabel = "ID", description = "Another id for the event.")
    private @Nullable String newId;

    @Mixin
    private DlqConfirmation confirmation = new DlqConfirmation();

    DlqEditCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        requireChange();
        byte[] body = body();
        return target.with(letters -> edit(letters, body));
    }

    private int edit(DeadLetters letters, byte @Nullable [] body) {
        long count = letters.count(DeadLetterFilter.all().withIds(List.of(id)));
        if (count == 0) {
            throw new CommandFailedException("no dead letter of " + target + " has the id " + id);
        }
        if (count > 1) {
            console.err().println(count + " dead letters have the id " + id + ": the first is edited, the others stay");
        }
        if (!confirmation.isGiven(console, 1, target.counted(1), "edit and replay")) {
            return ExitCode.UNCONFIRMED;
        }
        if (!letters.replayEdited(id, event -> edited(event, body))) {
            throw new CommandFailedException("the dead letter with the id " + id + " is gone meanwhile");
        }
        console.text().println("1 replayed");
        return ExitCode.OK;
    }

    private Event<RawEvent> edited(Event<RawEvent> event, byte @Nullable [] body) {
        RawEvent old = event.payload();
        RawEvent payload = new RawEvent(
                Objects.requireNonNullElse(aggregateType, old.aggregateType()),
                Objects.requireNonNullElse(type, old.type()),
                key == null ? old.key() : key,
                Objects.requireNonNullElse(contentType, old.contentType()),
                body == null ? old.body() : body);
        Map<String, String> all = new HashMap<>(event.headers());
        removedHeaders.forEach(all::remove);
        all.putAll(headers);
        Event<RawEvent> edited = new Event<>(payload, event.metadata()).withHeaders(all);
        return newId == null ? edited : edited.withId(newId);
    }

    private void requireChange() {
        if (data != null && file != null) {
            throw new ParameterException(
                    spec.commandLine(), "--data and --file are both the payload: give one of them");
        }
        boolean changes = data != null || file != null || contentType != null || aggregateType != null;
        if (!changes && type == null && key == null && newId == null && headers.isEmpty() && removedHeaders.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing is changed; 'dlq replay' replays as it is");
        }
    }

    private byte @Nullable [] body() throws IOException {
        if (data != null) {
            return data.getBytes(StandardCharsets.UTF_8);
        }
        if (file == null) {
            return null;
        }
        InputOption.requireReadable(spec, file);
        return Files.readAllBytes(file);
    }
}
