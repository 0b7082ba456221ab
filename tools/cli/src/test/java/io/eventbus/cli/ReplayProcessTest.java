package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.brokers.RedisBroker;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReplayProcessTest {

    @Test
    @Timeout(120)
    @DisplayName("Ctrl-C ends a replay between two letters, which says so, and how many it has replayed")
    void interrupted() throws Exception {
        String url = RedisBroker.shared().url().toString();
        String topic = "cli-" + UUID.randomUUID();
        try (FailingGroup group = new FailingGroup(url, topic, "g")) {
            group.bury("a", "b");
            group.succeed();
            Process replay = Program.with(
                            List.of(),
                            FailingGroup.command(url, topic, "g", "replay", "--all", "--rate", "0.001", "--yes"))
                    .start();
            try {
                assertThat(group.handled(1)).containsExactly("a");
                group.awaitLetters(1);
                Program.interrupt(replay);
                assertThat(replay.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(replay.exitValue()).isEqualTo(1);
                assertThat(replay.inputReader(UTF_8).lines()).containsExactly("1 replayed");
                assertThat(replay.errorReader(UTF_8).lines())
                        .last()
                        .asString()
                        .startsWith("eventbus: told to end: ")
                        .endsWith("; what was not replayed is still a dead letter");
                assertThat(group.ids()).containsExactly("b");
            } finally {
                replay.destroyForcibly();
            }
        }
    }
}
