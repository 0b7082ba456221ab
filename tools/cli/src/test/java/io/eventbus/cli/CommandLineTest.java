package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final TestConsole console = new TestConsole();

    @Test
    @DisplayName("a command line without a command is a usage error that points to the help")
    void noCommand() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err()).contains("no command given").contains("eventbus --help");
        assertThat(console.out()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("every command has help with examples")
    @ValueSource(strings = {"demo", "publish", "tail", "dlq", "fuzz", "tck", "completion"})
    void help(String command) {
        assertThat(console.run(command, "--help")).isZero();
        assertThat(console.out()).contains("Usage: eventbus " + command).contains("Examples:");
    }

    @ParameterizedTest
    @DisplayName("no example of the help is broken by the end of a line")
    @ValueSource(
            strings = {
                "demo",
                "publish",
                "tail",
                "fuzz",
                "tck",
                "completion",
                "dlq",
                "dlq list",
                "dlq show",
                "dlq replay",
                "dlq edit",
                "dlq purge",
                "dlq export",
                "dlq import"
            })
    void examples(String command) {
        assertThat(console.run((command + " --help").split(" "))).isZero();
        assertThat(console.out()
                        .lines()
                        .dropWhile(line -> !line.equals("Examples:"))
                        .skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("  "), "indented");
    }

    @Test
    @DisplayName("the dead letters' help knows their commands")
    void helpOfDeadLetters() {
        assertThat(console.run("dlq", "help", "list")).isZero();
        assertThat(console.out()).contains("Usage: eventbus dlq list");
    }

    @Test
    @DisplayName("the help names the exit codes")
    void exitCodes() {
        assertThat(console.run("--help")).isZero();
        assertThat(console.out()).contains("Exit codes:").contains("0   done");
    }

    @Test
    @DisplayName("the version is shown")
    void version() {
        assertThat(console.run("--version")).isZero();
        assertThat(console.out()).startsWith("eventbus ").contains("Java ");
    }

    @Test
    @DisplayName("the completion script completes every command")
    void completion() {
        assertThat(console.run("completion")).isZero();
        assertThat(console.out()).contains("complete -F _complete_eventbus", "commands=\"demo publish tail");
    }

    @ParameterizedTest
    @DisplayName("a misspelt command is a usage error with the nearest one")
    @CsvSource({
        "tial, eventbus tail",
        "publsh, eventbus publish",
        "dql list, eventbus dlq",
        "tailx --url memory:, eventbus tail",
        "dlq lst, eventbus dlq list"
    })
    void misspeltCommand(String line, String meant) {
        assertThat(console.run(line.split(" "))).isEqualTo(2);
        assertThat(console.err()).contains("Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @DisplayName("a command that resembles none is a usage error with those there are, and without a guess")
    @ValueSource(strings = {"xyzzy", "to", "x"})
    void unknownCommand(String word) {
        assertThat(console.run(word)).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "eventbus: unknown command '" + word + "'",
                        "Commands: demo, publish, tail, dlq, fuzz, tck, completion, help");
    }

    @Test
    @DisplayName("a misspelt option is a usage error with the right one")
    void misspelt() {
        assertThat(console.run("tail", "--topic", "t", "--limt", "3")).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly("eventbus: Unknown options: '--limt', '3'", "Possible solutions: --limit");
    }

    @Test
    @DisplayName("a misspelt option is named beside the required one that it leaves missing")
    void misspeltRequired() {
        assertThat(console.run("tail", "--topc", "t", "--url", "memory:")).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "eventbus: Missing required option: '--topic=TOPIC'",
                        "eventbus: Unknown options: '--topc', 't'",
                        "Possible solutions: --topic");
    }

    @Test
    @DisplayName("a demo takes a new broker or a URL, not both")
    void brokerAndUrl() {
        assertThat(console.run("demo", "--broker", "redis", "--url", "memory:")).isEqualTo(2);
        assertThat(console.err()).contains("--broker").contains("--url").contains("give one of them");
    }

    @Test
    @DisplayName("a tail has a member's name only in a group")
    void memberWithoutGroup() {
        assertThat(console.run("tail", "--url", "memory:", "--topic", "t", "--member", "m"))
                .isEqualTo(2);
        assertThat(console.err()).contains("--group");
    }

    @Test
    @DisplayName("a broker that cannot be started is a usage error with those that can")
    void unknownBroker() {
        assertThat(console.run("demo", "--broker", "nats")).isEqualTo(2);
        assertThat(console.err()).contains("[rabbitmq, redis, kafka], but was 'nats'");
    }

    @Test
    @DisplayName("a time that is none is a usage error with one that is")
    void badTime() {
        assertThat(console.run("dlq", "list", "--url", "memory:", "--topic", "t", "--group", "g", "--since", "noon"))
                .isEqualTo(2);
        assertThat(console.err()).contains("--since", "such as 2026-01-31T12:00:00Z, but was 'noon'");
    }

    @ParameterizedTest
    @DisplayName("a number that is none, or too large, is a usage error with one that is")
    @CsvSource({
        "tail --topic t --limit, few, a whole number such as 1000",
        "tail --topic t --limit, 99999999999999999999, a whole number such as 1000",
        "dlq list --topic t --group g --limit, 1.5, a whole number such as 1000",
        "tck --chaos --seed, 0x1, a whole number such as 1000",
        "tck --chaos --minutes, ten, a number such as 0.5",
        "tck --chaos --search-minutes, ten, a number such as 0.5"
    })
    void badNumber(String line, String number, String expected) {
        assertThat(console.run((line + " " + number).split(" "))).isEqualTo(2);
        assertThat(console.err()).contains("expected " + expected + ", but was '" + number + "'");
    }

    @Test
    @DisplayName("an argument too many does not print a password")
    void noPasswordInUsageErrors() {
        assertThat(console.run("tail", "--topic", "t", "amqp://user:secret@host"))
                .isEqualTo(2);
        assertThat(console.err()).contains("amqp://***@host").doesNotContain("secret");
    }

    @ParameterizedTest
    @DisplayName("a broken URL is a usage error of one line without the password")
    @ValueSource(strings = {"amqp://user:sec ret@host", "nats://user:secret@host", "user:secret@host"})
    void badUrl(String url) {
        assertThat(console.run("tail", "--url", url, "--topic", "t")).isEqualTo(2);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).startsWith("eventbus: ").doesNotContain("sec", "Exception");
    }

    @ParameterizedTest
    @DisplayName("a broken URL is the same usage error for every command, before it prints anything else")
    @ValueSource(
            strings = {
                "demo --url nats://host",
                "publish --url nats://host --topic t",
                "tail --url nats://host --topic t",
                "dlq list --url nats://host --topic t --group g",
                "fuzz --url nats://host"
            })
    void badUrlEverywhere(String line) {
        assertThat(console.run(line.split(" "))).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().lines()).singleElement().asString().contains("nats");
    }

    @Test
    @DisplayName("a broker that only the bus reaches is a usage error of fuzz")
    void fuzzInMemory() {
        assertThat(console.run("fuzz", "--url", "memory:")).isEqualTo(2);
        assertThat(console.err()).contains("scheme memory; give a URL that begins with amqp");
    }

    @ParameterizedTest
    @DisplayName("an unreachable broker is an error of one line, without the password and without the bus's insides")
    @ValueSource(
            strings = {
                "tail --url amqp://user:secret@127.0.0.1:1 --topic t",
                "tail --url redis://user:secret@127.0.0.1:1 --topic t",
                "publish --url amqp://user:secret@127.0.0.1:1 --topic t",
                "publish --url redis://user:secret@127.0.0.1:1 --topic t"
            })
    void unreachable(String line) {
        assertThat(console.run(line.split(" "))).isEqualTo(1);
        assertThat(console.said())
                .singleElement()
                .asString()
                .startsWith("eventbus: the bus on topic t cannot start: cannot ")
                .contains("127.0.0.1:1")
                .doesNotContain("secret", "\tat ", "sender");
    }

    @Test
    @DisplayName("with -v an error has its stack trace")
    void verbose() {
        assertThat(console.run("-v", "tail", "--url", "amqp://127.0.0.1:1", "--topic", "t"))
                .isEqualTo(1);
        assertThat(console.err()).contains("\tat io.eventbus");
    }
}
