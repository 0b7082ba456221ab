package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which dead letters something is done with; all of them only when that is said. */
final class DlqSelection {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The ids of events.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All dead letters of the group.")
    private boolean all;

    @Mixin
    private DlqFilter filter = new DlqFilter();

    /** Whether it is said by one id, which several letters may have. */
    boolean isOneId() {
        return ids.size() == 1;
    }

    /**
     * What is meant.
     *
     * @throws ParameterException if it is not said, or said twice
     */
    DeadLetterFilter require() {
        DeadLetterFilter narrowed = filter.toFilter();
        int ways = (ids.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (narrowed.isAll() ? 0 : 1);
        if (ways != 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "which dead letters? give ids, or --all, or --type, --key, --reason, --since, " + "--before");
        }
        return ids.isEmpty() ? narrowed : narrowed.withIds(ids);
    }

    /** Whether each id that was given is of a dead letter; prints those that are not. */
    boolean isComplete(Console console, DeadLetters letters, DlqTarget target) {
        List<String> missing =
                ids.stream().filter(id -> letters.find(id).isEmpty()).toList();
        missing.forEach(id -> console.err().println("eventbus: no dead letter of " + target + " has the id " + id));
        return missing.isEmpty();
    }
}
