package io.eventbus.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Rule;
import io.eventbus.tck.RuleResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ConformanceListenerTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("It collects what an extension publishes and writes it when the run is over")
    void collects() {
        ConformanceListener listener = run(RulesOfOneTransport.class);
        assertThat(listener.report().runs())
                .containsExactlyInAnyOrder(
                        new RuleRun("memory", "ACK-1", "It works", "", RuleResult.PASS, Duration.ofMillis(5), ""),
                        new RuleRun(
                                "memory",
                                "ORD-1",
                                "It comes to nothing",
                                "",
                                RuleResult.INCONCLUSIVE,
                                Duration.ofMillis(5),
                                "two lanes were never busy"));
        assertThat(directory.resolve(ConformanceReport.SUMMARY_FILE)).isNotEmptyFile();
        assertThat(directory.resolve(ConformanceReport.LINES_FILE)).isNotEmptyFile();
    }

    @Test
    @DisplayName("It ignores other entries, and writes nothing without results")
    void ignoresOthers() {
        assertThat(run(OtherTests.class).report().runs()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private ConformanceListener run(Class<?> tests) {
        ConformanceListener listener = new ConformanceListener(directory);
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(tests))
                        .build(),
                listener);
        return listener;
    }

    @ExtendWith(Watcher.class)
    static class RulesOfOneTransport {

        @Test
        @Rule("ACK-1")
        @DisplayName("It works")
        void passes() {}

        @Test
        @Rule("ORD-1")
        @DisplayName("It comes to nothing")
        void comesToNothing() {
            throw new Inconclusive("two lanes were never busy");
        }
    }

    static class OtherTests {

        @Test
        void publishes(TestReporter reporter) {
            reporter.publishEntry("color", "blue");
        }
    }

    /** As the kit's own extension will: publishes how a test ended. */
    static class Watcher implements TestWatcher {

        @Override
        public void testSuccessful(ExtensionContext context) {
            publish(context, null);
        }

        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            publish(context, cause);
        }

        private static void publish(ExtensionContext context, Throwable thrown) {
            String rule =
                    context.getRequiredTestMethod().getAnnotation(Rule.class).value();
            String detail =
                    Optional.ofNullable(thrown).map(Throwable::getMessage).orElse("");
            context.publishReportEntry(new RuleRun(
                            "memory",
                            rule,
                            context.getDisplayName(),
                            "",
                            RuleResult.of(thrown),
                            Duration.ofMillis(5),
                            detail)
                    .toReportEntry());
        }
    }
}
