package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.chaos.Action;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import io.eventbus.tck.chaos.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosOptionsTest {

    private static final String WHOLE = "tck --chaos --minutes 0.2 --seed 5 --rate 100 --members 3";

    @TempDir
    Path folder;

    @Test
    @DisplayName("the command that repeats a shorter script plays just that, for as long as it takes")
    void shorter() throws IOException {
        Script shorter = new Script(Duration.ofMillis(1234), List.of(new Action(12, Trouble.KILL_MEMBER, 7, 3)));
        Path file = folder.resolve("a script");
        shorter.write(file);
        String printed = options(WHOLE.split(" ")).again(BrokerProduct.REDIS, 5, Optional.of(file));

        ChaosOptions again = options(arguments(printed));
        Setting setting = again.setting(again.script());

        assertThat(again.script()).contains(shorter);
        assertThat(setting.length()).isEqualTo(shorter.length());
        assertThat(setting.seed()).isEqualTo(5);
        assertThat(setting.eventsPerSecond()).isEqualTo(100);
        assertThat(setting.members()).isEqualTo(3);
        assertThat(again.brokers()).containsExactly(BrokerProduct.REDIS);
    }

    @Test
    @DisplayName("the command that repeats the whole is the same setting again")
    void whole() throws IOException {
        ChaosOptions given = options((WHOLE + " --search-minutes 0.5").split(" "));

        ChaosOptions again = options(arguments(given.again(BrokerProduct.KAFKA, 5, Optional.empty())));

        assertThat(again.setting(Optional.empty())).isEqualTo(given.setting(Optional.empty()));
        assertThat(again.script()).isEmpty();
    }

    @Test
    @DisplayName("a script that was given is given again where there is no shorter one")
    void given() throws IOException {
        Script script = new Script(Duration.ofSeconds(2), List.of());
        Path file = folder.resolve("script");
        script.write(file);
        ChaosOptions given = options("tck", "--chaos", "--script", file.toString());

        ChaosOptions again = options(arguments(given.again(BrokerProduct.REDIS, 5, Optional.empty())));

        assertThat(again.script()).contains(script);
    }

    @Test
    @DisplayName("a setting of Redis is repeated on Redis, and nowhere else")
    void redisSetting() throws IOException {
        ChaosOptions given = options("tck", "--chaos", "--redis-setting", "save=60 1");

        assertThat(options(arguments(given.again(BrokerProduct.REDIS, 5, Optional.empty())))
                        .arguments(BrokerProduct.REDIS))
                .containsExactly("--save", "60 1");
        assertThat(given.again(BrokerProduct.KAFKA, 5, Optional.empty())).doesNotContain("redis");
    }

    /** What a shell makes of a printed command, without its name. */
    private static String[] arguments(String printed) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + printed).start();
        return new String(shell.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .skip(1)
                .toArray(String[]::new);
    }

    private static ChaosOptions options(String... arguments) {
        Console console = new Console(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8),
                System::nanoTime);
        TckCommand command = (TckCommand) EventBusCommand.commandLine(console)
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
        return command.options();
    }
}
