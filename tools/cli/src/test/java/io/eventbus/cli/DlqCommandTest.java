package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dead letters of a group in the command line, in memory: what is wrong, what is asked for, what is printed. */
@Timeout(60)
class DlqCommandTest {
    private final String url = "memory:" + UUID.randomUUID();
    private final FailingGroup group = new FailingGroup(url, "t", "g");
    private TestConsole console = new TestConsole();

    @BeforeEach
    void start() throws InterruptedException {
        group.bury("a", "b", "c");
    }

    @AfterEach
    void close() {
        group.close();
    }

    /** With a console of its own, which has then what this command printed. */
    private int dlq(String command, String... options) {
        return dlqWithInput("", command, options);
    }

    private int dlqWithInput(String input, String command, String... options) {
        console = new TestConsole();
        return console.runWithInput(input, FailingGroup.command(url, "t", "g", command, options));
    }

    @Test
    @DisplayName("a list has a line a letter, and pages by marks")
    void list() {
        assertThat(dlq("list", "--limit", "2")).isZero();
        assertThat(console.outLines()).hasSize(2);
        assertThat(console.out()).contains("a  A.T  k  ATTEMPTS_EXHAUSTED  attempts 1  replays 0");
        assertThat(console.err()).contains("3 dead letters of group g of topic t", "more with --after ");
        String mark = console.err().lines().findFirst().orElseThrow().replace("more with --after ", "");
        assertThat(dlq("list", "--limit", "2", "--after", mark)).isZero();
        assertThat(console.outLines()).hasSize(1);
        assertThat(console.err()).doesNotContain("more");
    }

    @Test
    @DisplayName("a list is filtered, and as JSON has the event and the reason")
    void listFiltered() {
        assertThat(dlq("list", "--type", "B.*")).isZero();
        assertThat(console.out()).isEmpty();
        assertThat(dlq("list", "--type", "A.*", "--key", "k", "--reason", "attempts_exhausted", "--json"))
                .isZero();
        assertThat(console.outLines()).hasSize(3).allMatch(line -> line.startsWith("{\"event\":{\"id\":"));
        assertThat(dlq("list", "--before", "2020-01-01T00:00:00Z")).isZero();
        assertThat(console.out()).isEmpty();
    }

    @Test
    @DisplayName("a letter is shown with its why")
    void show() {
        assertThat(dlq("show", "b")).isZero();
        assertThat(console.out())
                .contains("id            b", "IllegalStateException: told to fail", "at io.eventbus.cli", "\"b\"");
        assertThat(dlq("show", "b", "--json")).isZero();
        assertThat(console.out()).contains("\"member\":\"the member\"", "\"replays\":0");
    }

    @Test
    @DisplayName("a letter that names no exception is shown with the bare message, or with none")
    void showWithoutException() {
        String line =
                "{\"id\":\"%s\",\"aggregateType\":\"A\",\"type\":\"T\",\"routingKey\":\"A.T\",\"contentType\":\"\","
                        + "\"attributes\":{%s},\"headers\":{},\"body\":\"\"}\n";
        String refused = line.formatted("refused", "\"eb-dl-exception-message\":\"it has no type\"");
        assertThat(dlqWithInput(refused + line.formatted("bare", ""), "import")).isZero();
        assertThat(dlq("show", "refused")).isZero();
        assertThat(console.outLines()).contains("exception     it has no type");
        assertThat(dlq("show", "bare")).isZero();
        assertThat(console.outLines()).contains("exception     -");
    }

    @ParameterizedTest
    @DisplayName("an unknown id is an error of one line")
    @ValueSource(strings = {"show", "replay"})
    void unknownId(String command) {
        assertThat(dlq(command, "nobody")).isEqualTo(1);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("no dead letter of group g of topic t has the id nobody");
    }

    @Test
    @DisplayName("letters replayed by their ids reach the group again, and the others stay")
    void replayIds() throws InterruptedException {
        group.succeed();
        assertThat(dlq("replay", "c", "a", "--yes")).isZero();
        assertThat(console.err()).contains("2 dead letters of group g of topic t to replay");
        assertThat(console.out()).isEqualTo("2 replayed\n");
        assertThat(group.handled(2)).containsExactlyInAnyOrder("a", "c");
        assertThat(group.ids()).containsExactly("b");
    }

    @Test
    @DisplayName("one letter is replayed by its id without a question")
    void replayOne() throws InterruptedException {
        group.succeed();
        assertThat(dlq("replay", "b")).isZero();
        assertThat(group.handled(1)).containsExactly("b");
    }

    @Test
    @DisplayName("several letters of one id are replayed only with --yes")
    void replayOneIdOfSeveral() throws InterruptedException {
        dlq("export");
        dlqWithInput(console.outLines().get(1), "import");
        assertThat(dlq("replay", "b")).isEqualTo(3);
        assertThat(console.err()).contains("2 dead letters of group g of topic t to replay: give --yes to do it");
        assertThat(group.ids()).containsExactlyInAnyOrder("a", "b", "b", "c");
        group.succeed();
        assertThat(dlq("replay", "b", "--yes")).isZero();
        assertThat(console.out()).isEqualTo("2 replayed\n");
        assertThat(group.handled(2)).containsExactly("b", "b");
        assertThat(group.ids()).containsExactly("a", "c");
    }

    @Test
    @DisplayName("of ids of which one is unknown the others are replayed, and the exit code is 1")
    void replaySomeIds() throws InterruptedException {
        group.succeed();
        assertThat(dlq("replay", "a", "nobody", "--yes")).isEqualTo(1);
        assertThat(console.out()).isEqualTo("1 replayed\n");
        assertThat(group.handled(1)).containsExactly("a");
    }

    @ParameterizedTest
    @DisplayName(
            "many are replayed or removed only with --yes: the count is printed, the exit code is 3, nothing is done")
    @ValueSource(
            strings = {"replay --all", "replay --key k", "replay a b c", "purge --all", "purge a b c", "edit a --data x"
            })
    void unconfirmed(String line) {
        List<String> words = List.of(line.split(" "));
        assertThat(dlq(words.get(0), words.subList(1, words.size()).toArray(String[]::new)))
                .isEqualTo(3);
        assertThat(console.err()).contains(line.startsWith("edit") ? "1 dead letter" : "3 dead letters", "give --yes");
        assertThat(console.out()).isEmpty();
        assertThat(group.ids()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @DisplayName("with nothing to replay or to remove that is said, and --yes is not asked for")
    @ValueSource(strings = {"replay --all", "replay --key none", "purge --all", "purge --key none"})
    void nothingToConfirm(String line) {
        List<String> words = List.of(line.split(" "));
        TestConsole other = new TestConsole();
        String[] options = words.subList(1, words.size()).toArray(String[]::new);
        assertThat(other.run(FailingGroup.command(url, "t", "nobody", words.get(0), options)))
                .isZero();
        assertThat(other.err().lines())
                .containsExactly(
                        "0 dead letters of group nobody of topic t; a group that does not exist has none either");
        assertThat(other.out()).isEqualTo(words.get(0).equals("purge") ? "0 removed\n" : "0 replayed\n");
        assertThat(group.ids()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @DisplayName("ids of no letter are an error, also without --yes")
    @ValueSource(strings = {"purge x", "purge x y", "replay x y"})
    void unknownIds(String line) {
        List<String> words = List.of(line.split(" "));
        assertThat(dlq(words.get(0), words.subList(1, words.size()).toArray(String[]::new)))
                .isEqualTo(1);
        assertThat(console.err()).contains("no dead letter of group g of topic t has the id x");
    }

    @Test
    @DisplayName("all are replayed with --yes, at the rate that is given")
    void replayAll() throws InterruptedException {
        group.succeed();
        assertThat(dlq("replay", "--all", "--rate", "100", "--yes")).isZero();
        assertThat(console.err()).contains("3 dead letters of group g of topic t to replay");
        assertThat(group.handled(3)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(group.ids()).isEmpty();
    }

    @Test
    @DisplayName("a long replay shows how far it is when more than five seconds have passed")
    void progress() {
        group.succeed();
        AtomicLong time = new AtomicLong();
        TestConsole clocked =
                new TestConsole(() -> time.getAndAdd(Duration.ofSeconds(3).toNanos()));
        assertThat(clocked.run(FailingGroup.command(url, "t", "g", "replay", "--all", "--yes")))
                .isZero();
        assertThat(clocked.err().lines())
                .containsExactly("3 dead letters of group g of topic t to replay", "2 replayed");
        assertThat(clocked.out()).isEqualTo("3 replayed\n");
    }

    @Test
    @DisplayName("a dry run prints what would be replayed, needs no --yes, and does nothing")
    void dryRun() {
        assertThat(dlq("replay", "--all", "--dry-run")).isZero();
        assertThat(console.outLines()).containsExactly("a", "b", "c", "3 would be replayed");
        assertThat(group.ids()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @DisplayName("what is not said, said twice, or no number is a usage error")
    @ValueSource(
            strings = {
                "replay",
                "purge --yes",
                "replay a --all",
                "replay --all --key k",
                "replay --all --rate 0",
                "replay --all --rate x",
                "list --limit 0",
                "list --reason NONE",
                "list --since yesterday",
                "list --after nonsense",
                "edit a --yes",
                "edit a --data x --file y --yes",
                "edit a --file /no/such/file --yes",
                "import --file /no/such/file",
                "show",
                "list --no-such-flag"
            })
    void usage(String line) {
        List<String> words = List.of(line.split(" "));
        assertThat(dlq(words.get(0), words.subList(1, words.size()).toArray(String[]::new)))
                .as(console.err())
                .isEqualTo(2);
        assertThat(console.err()).startsWith("eventbus: ");
        assertThat(group.ids()).hasSize(3);
    }

    @Test
    @DisplayName("a group is required, and so is a command")
    void required() {
        assertThat(console.run("dlq")).isEqualTo(2);
        assertThat(console.run("dlq", "list", "--url", url, "--topic", "t")).isEqualTo(2);
        assertThat(console.err()).contains("no command given", "--group");
    }

    @Test
    @DisplayName("an edited event reaches the group with its new payload and headers, and its old id")
    void edit(@TempDir Path folder) throws Exception {
        group.succeed();
        Path file = Files.write(folder.resolve("new"), new byte[] {1, (byte) 0xFF});
        assertThat(dlq("edit", "b", "--file", file.toString(), "--header", "fixed=yes", "--yes"))
                .isZero();
        assertThat(group.handled(1)).containsExactly("b");
        assertThat(group.lastHandled().payload().body()).isEqualTo(new byte[] {1, (byte) 0xFF});
        assertThat(group.lastHandled().headers()).containsEntry("fixed", "yes");
        assertThat(group.ids()).containsExactly("a", "c");
    }

    @Test
    @DisplayName("of several letters of one id the first is edited, and it is said that the others stay")
    void editOneOfSeveral() throws InterruptedException {
        dlq("export");
        dlqWithInput(console.outLines().get(1), "import");
        group.succeed();
        assertThat(dlq("edit", "b", "--data", "{}", "--yes")).isZero();
        assertThat(console.err()).contains("2 dead letters have the id b: the first is edited, the others stay");
        assertThat(console.out()).isEqualTo("1 replayed\n");
        assertThat(group.handled(1)).containsExactly("b");
        assertThat(group.ids()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    @DisplayName("a purge removes those that are meant")
    void purge() {
        assertThat(dlq("purge", "b", "--yes")).isZero();
        assertThat(console.out()).isEqualTo("1 removed\n");
        assertThat(group.ids()).containsExactly("a", "c");
        assertThat(dlq("purge", "--all", "--yes")).isZero();
        assertThat(group.ids()).isEmpty();
    }

    @Test
    @DisplayName("what is exported is imported through a pipe, letter for letter")
    void pipe() {
        assertThat(dlq("export")).isZero();
        String lines = console.out();
        assertThat(console.err()).contains("3 dead letters");
        dlq("purge", "--all", "--yes");
        assertThat(dlqWithInput(lines, "import")).isZero();
        assertThat(console.out()).isEqualTo("3 imported\n");
        dlq("export");
        assertThat(console.out()).isEqualTo(lines);
    }

    @Test
    @DisplayName("an export that nobody reads to its end fails, and says why in a line")
    void unreadExport() {
        console = new TestConsole();
        LimitedOutput pipe = new LimitedOutput(0, "Broken pipe");
        assertThat(console.runTo(pipe, FailingGroup.command(url, "t", "g", "export")))
                .isEqualTo(1);
        assertThat(console.err()).isEqualTo("eventbus: nobody reads standard output any more: not all is exported\n");
    }

    @Test
    @DisplayName("a line that is no dead letter is named, and those before it are imported")
    void badImport() {
        dlq("export");
        String first = console.outLines().get(0);
        dlq("purge", "--all", "--yes");
        assertThat(dlqWithInput(first + "\nnonsense\n", "import")).isEqualTo(1);
        assertThat(console.err()).contains("line 2 is no dead letter");
        assertThat(group.ids()).containsExactly("a");
    }

    @Test
    @DisplayName("a line that was cut off is told as such, in a line without the parser's insides")
    void cutOffImport() {
        dlq("export");
        String first = console.outLines().get(0);
        assertThat(dlqWithInput(first.substring(0, 20), "import")).isEqualTo(1);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("line 1 is no dead letter: it ends too early, at column 21");
    }

    @Test
    @DisplayName("an import into a group that does not exist fails with what the broker says")
    void noGroup() {
        dlq("export");
        byte[] line = console.outLines().get(0).getBytes(UTF_8);
        TestConsole other = new TestConsole();
        assertThat(other.runWithInput(new String(line, UTF_8), FailingGroup.command(url, "t", "nobody", "import")))
                .isEqualTo(1);
        assertThat(other.err()).contains("does not exist");
    }

    @ParameterizedTest
    @DisplayName(
            "where there are dead letters and none fits, it is said of how many, and not that the group may not exist")
    @ValueSource(strings = {"list", "export", "replay", "purge"})
    void noneFits(String command) {
        assertThat(dlq(command, "--key", "none")).isZero();
        assertThat(console.err().lines()).containsExactly("none of 3 dead letters of group g of topic t fits");
        assertThat(group.ids()).containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("where there is one dead letter, and it does not fit, that is said")
    void theOnlyOne() {
        dlq("purge", "a", "b", "--yes");
        TestConsole other = new TestConsole();
        other.run(FailingGroup.command(url, "t", "g", "list", "--key", "none"));
        assertThat(other.err().lines()).containsExactly("the only dead letter of group g of topic t does not fit");
    }

    @Test
    @DisplayName("a group without dead letters, and one that does not exist, have none")
    void empty() {
        dlq("purge", "--all", "--yes");
        for (String name : List.of("g", "nobody")) {
            for (String command : List.of("list", "export")) {
                TestConsole other = new TestConsole();
                assertThat(other.run(FailingGroup.command(url, "t", name, command)))
                        .isZero();
                assertThat(other.out()).isEmpty();
                assertThat(other.err())
                        .contains("0 dead letters of group " + name
                                + " of topic t; a group that does not exist has none");
            }
        }
        assertThat(dlq("replay", "--all", "--yes")).isZero();
        assertThat(console.out()).isEqualTo("0 replayed\n");
    }

    @ParameterizedTest
    @DisplayName("every command has help with examples")
    @ValueSource(strings = {"list", "show", "replay", "edit", "purge", "export", "import"})
    void help(String command) {
        assertThat(console.run("dlq", command, "--help")).isZero();
        assertThat(console.out()).contains("Usage: eventbus dlq " + command).contains("Examples:");
    }

    @Test
    @DisplayName("the completion script completes every command")
    void completion() {
        assertThat(console.run("completion")).isZero();
        assertThat(console.out()).contains("list show replay edit purge export import", "--dry-run");
    }
}
