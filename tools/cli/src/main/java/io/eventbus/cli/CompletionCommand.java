package io.eventbus.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the commands and options. */
@Command(
        name = "completion",
        header = "Prints the completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(./eventbus completion)",
            "  ./eventbus completion > ~/.local/share/bash-completion/completions/eventbus"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("eventbus", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
