package io.eventbus.cli;

import io.eventbus.ConfigurationException;
import io.eventbus.EventBusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
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
        err.println(
                "eventbus: " + SecretMask.mask(Objects.requireNonNullElse(problem.getMessage(), "bad command line")));
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
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
