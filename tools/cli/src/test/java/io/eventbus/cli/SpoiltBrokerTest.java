package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.cli.spoilt.Defect;
import io.eventbus.cli.spoilt.SpoiltProvider;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Kit;
import io.eventbus.tck.TransportHarness;
import io.eventbus.tck.chaos.Action;
import io.eventbus.tck.chaos.Chaos;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import io.eventbus.tck.chaos.Trouble;
import io.eventbus.tck.chaos.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the chaos scenario finds on a real broker, where faults explain much. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class SpoiltBrokerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Long enough for events that no fault explains, however slowly a busy machine starts the broker again. */
    private static final Script SCRIPT = new Script(
            Duration.ofSeconds(15),
            List.of(
                    new Action(500, Trouble.CUT_MEMBER, 0, 100),
                    new Action(1000, Trouble.KILL_MEMBER, 0, 0),
                    new Action(2000, Trouble.KILL_BROKER, 0, 100)));

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "chaos finds what repeats, buries or loses events between the faults, and nothing where nothing is wrong")
    void found(Defect defect, @TempDir Path folder) throws IOException {
        Setting setting = new Setting(1, SCRIPT.length(), MINUTE, 1, 250, Setting.KEYS, Duration.ZERO);
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(BrokerProduct.REDIS);
                Kit kit = Kit.on(new SpoiltHarness(broker, defect))) {
            Verdict verdict = new Chaos(kit, setting, folder).run(SCRIPT, progress -> {});
            assertThat(verdict.judgement().describe()).contains(defect.finding());
        }
    }

    private record SpoiltHarness(ThrowAwayBroker broker, Defect defect) implements TransportHarness {

        @Override
        public String transport() {
            return SpoiltProvider.NAME;
        }

        @Override
        public Environment start() {
            return new SpoiltEnvironment(broker, defect);
        }
    }

    private record SpoiltEnvironment(ThrowAwayBroker broker, Defect defect) implements Environment {

        @Override
        public String url() {
            return SpoiltProvider.spoil(broker.url(), defect);
        }

        @Override
        public Optional<InetSocketAddress> address() {
            URI url = URI.create(broker.url());
            return Optional.of(InetSocketAddress.createUnresolved(url.getHost(), url.getPort()));
        }

        @Override
        public Map<String, String> options() {
            return Map.of("redis.lease", "3s");
        }

        @Override
        public Optional<BrokerControl> control() {
            return Optional.of(BrokerControl.of(() -> broker.control("kill"), () -> broker.control("start")));
        }

        @Override
        public void close() {
            // whoever started the broker ends it
        }
    }
}
