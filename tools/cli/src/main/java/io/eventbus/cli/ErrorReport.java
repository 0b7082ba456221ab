package io.eventbus.cli;

import io.eventbus.ConfigurationException;
import io.eventbus.EventBusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong: one line a problem, no stack trace unless it was asked for. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        if (problem instanceof UnmatchedArgumentException unknown
                && !unknown.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            reportUnknown(unknown.getUnmatched().get(0), command);
            return ExitCode.USAGE;
        }
        err.println(
                "eventbus: " + SecretMask.mask(Objects.requireNonNullElse(problem.getMessage(), "bad command line")));
        List<String> unmatched = command.getUnmatchedArguments();
        if (!unmatched.isEmpty() && !(problem instanceof UnmatchedArgumentException)) {
            // picocli speaks of what is missing alone, which may be missing since it is mistyped here.
            return handleParseException(new UnmatchedArgumentException(command, unmatched), args);
        }
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /** With a guess in place of picocli's, which compares pairs of letters and finds no tail in tial. */
    private static void reportUnknown(String word, CommandLine parent) {
        PrintWriter err = parent.getErr();
        err.println("eventbus: unknown command '" + SecretMask.mask(word) + "'");
        Set<String> commands = parent.getSubcommands().keySet();
        commands.stream()
                .filter(command -> distance(word, command) < Math.min(3, word.length()))
                .min(Comparator.comparingInt(command -> distance(word, command)))
                .map(command -> parent.getCommandSpec().qualifiedName() + " " + command)
                .ifPresent(nearest -> err.println("Did you mean '" + nearest + "'?"));
        err.println("Commands: " + String.join(", ", commands));
    }

    /** How many letters have to be put in, left out or replaced to make one word of the other. */
    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int before = row[0]++;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        messages(failure).forEach(message -> err.println("eventbus: " + message));
        EventBusCommand root = (EventBusCommand) command.getCommandSpec().root().userObject();
        if (root.verbosity() > 0) {
            failure.printStackTrace(err);
        }
        return failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /** What went wrong, for people: one line a problem. */
    static List<String> messages(Exception failure) {
        if (failure instanceof ConfigurationException configuration) {
            return configuration.problems();
        }
        if (failure instanceof EventBusException || failure instanceof CommandFailedException) {
            return List.of(Objects.requireNonNullElse(failure.getMessage(), "failed"));
        }
        if (failure instanceof UncheckedIOException) {
            return List.of(SecretMask.mask(Objects.requireNonNullElse(failure.getMessage(), "failed")));
        }
        if (failure instanceof IOException) {
            return List.of(SecretMask.mask(failure.toString()));
        }
        return List.of("unexpected " + SecretMask.mask(failure.toString()), "run it again with -v to see where");
    }
}
