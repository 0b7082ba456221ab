package io.eventbus.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code eventbus}: has the options of all commands, and does nothing itself. */
@Command(
        name = "eventbus",
        versionProvider = Version.class,
        description = "Publishes and shows events on any broker: in memory, RabbitMQ, Redis or Kafka, as the URL says.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed, as the message says",
            "2:the command line is wrong",
            "3:nothing was done, for lack of --yes",
            "4:something could not be tested"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus demo",
            "  eventbus demo --broker kafka",
            "  eventbus tail --url amqp://localhost --topic orders",
            "  eventbus publish --url amqp://localhost --topic orders --file orders.jsonl",
            "  eventbus dlq list --url amqp://localhost --topic orders --group billing",
            "  eventbus help tail",
            "",
            "The environment variable EVENTBUS_URL stands in for --url.",
        })
final class EventBusCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Shows what the bus does, and errors with their stack traces; twice: more.")
    private boolean[] verbosity = {};

    /** The whole command line, ready to be executed. */
    static CommandLine commandLine(Console console) {
        ErrorReport errors = new ErrorReport();
        return command(new EventBusCommand())
                .addSubcommand(command(new DemoCommand(console)))
                .addSubcommand(command(new PublishCommand(console)))
                .addSubcommand(command(new TailCommand(console)))
                .addSubcommand(deadLetters(console))
                .addSubcommand(command(new FuzzCommand(console)))
                .addSubcommand(command(new TckCommand(console)))
                .addSubcommand(command(new CompletionCommand()))
                .addSubcommand(new HelpCommand())
                .setOut(console.text())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(BrokerProduct.class, BrokerProduct::parse)
                .registerConverter(Instant.class, EventBusCommand::time)
                .registerConverter(int.class, wholeNumber(Integer::valueOf))
                .registerConverter(long.class, wholeNumber(Long::valueOf))
                .registerConverter(Long.class, wholeNumber(Long::valueOf))
                .registerConverter(double.class, number(Double::valueOf, "a number such as 0.5"))
                .registerConverter(Double.class, number(Double::valueOf, "a number such as 0.5"))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(EventBusCommand::run);
    }

    private static CommandLine deadLetters(Console console) {
        return command(new DlqCommand())
                .addSubcommand(command(new DlqListCommand(console)))
                .addSubcommand(command(new DlqShowCommand(console)))
                .addSubcommand(command(new DlqReplayCommand(console)))
                .addSubcommand(command(new DlqEditCommand(console)))
                .addSubcommand(command(new DlqPurgeCommand(console)))
                .addSubcommand(command(new DlqExportCommand(console)))
                .addSubcommand(command(new DlqImportCommand(console)))
                .addSubcommand(new HelpCommand());
    }

    private static CommandLine command(Object command) {
        return new CommandLine(command).addMixin("help", new HelpOption());
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("expected a time such as 2026-01-31T12:00:00Z, but was '" + text + "'");
        }
    }

    private static <N> ITypeConverter<N> wholeNumber(Function<String, N> parser) {
        return number(parser, "a whole number such as 1000");
    }

    private static <N> ITypeConverter<N> number(Function<String, N> parser, String expected) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected " + expected + ", but was '" + text + "'");
            }
        };
    }

    /** How often {@code --verbose} was given. */
    int verbosity() {
        return verbosity.length;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int run(CommandLine.ParseResult parsed) {
        EventBusCommand command = (EventBusCommand) parsed.commandSpec().userObject();
        Logs.show(command.verbosity());
        return new CommandLine.RunLast().execute(parsed);
    }
}
