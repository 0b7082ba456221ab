package io.eventbus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The dead letters of a group; has a command for each thing that is done with them, and does nothing itself. */
@Command(
        name = "dlq",
        header = "Shows, replays, edits, removes, saves and restores the dead letters of a group.",
        description = {
            "",
            "What a group cannot handle goes to its dead letters, each with the reason. The way back leads to that group and "
                    + "no other, with the same id and with attempts counted anew. None of these commands becomes a member of "
                    + "the group.",
            "",
            "What cannot be taken back asks for --yes, unless there is no letter to do it with: without it, the number of "
                    + "letters is printed, nothing is done, and the exit code is 3.",
            "",
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq list --url amqp://localhost --topic orders --group billing",
            "  eventbus dlq replay --url amqp://localhost --topic orders --group billing \\",
            "      --type 'Order.*' --rate 50 --yes",
            "  eventbus dlq export --url amqp://localhost --topic orders --group billing \\",
            "      > letters.jsonl",
        })
final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
