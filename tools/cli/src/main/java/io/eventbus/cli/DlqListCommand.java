package io.eventbus.cli;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterPage;
import io.eventbus.DeadLetters;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a page of the dead letters of a group. */
@Command(
        name = "list",
        header = "Shows the dead letters of a group, a line each.",
        description = {
            "",
            "A line has the time of the last failure, id, type, key, reason, attempts, replays, and what was thrown. Those "
                    + "that failed first come first. Standard error has how many fit, and how to see the next ones. They stay "
                    + "where they are.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq list --url amqp://localhost --topic orders --group billing",
            "  eventbus dlq list --url amqp://localhost --topic orders --group billing \\",
            "      --reason CRASH_LOOP --limit 100 --json",
        })
final class DlqListCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private DlqFilter filter = new DlqFilter();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Shows so many at most; ${DEFAULT-VALUE} if not given.",
            defaultValue = "20")
    private int limit;

    @Option(names = "--after", paramLabel = "MARK", description = "Shows those behind the page that printed this mark.")
    private @Nullable String mark;

    @Option(names = "--json", description = "Prints a line of JSON a letter; its event is in the field event.")
    private boolean json;

    DlqListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit == Integer.MAX_VALUE) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; expected 1 or more");
        }
        return target.with(letters -> {
            long count = letters.count(filter.toFilter());
            show(page(letters));
            console.err().println(target.found(count, letters, filter.toFilter()));
            return ExitCode.OK;
        });
    }

    private DeadLetterPage page(DeadLetters letters) {
        try {
            return letters.list(filter.toFilter(), limit, mark);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--after: " + e.getMessage(), e);
        }
    }

    private void show(DeadLetterPage page) {
        Function<DeadLetter, String> format = json ? DeadLetterFormatter::json : DeadLetterFormatter::line;
        PrintWriter out = console.text();
        page.letters().forEach(letter -> out.println(format.apply(letter)));
        page.next().ifPresent(next -> console.err().println("more with --after " + next));
    }
}
