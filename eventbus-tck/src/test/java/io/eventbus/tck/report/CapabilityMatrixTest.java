package io.eventbus.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.RuleResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityMatrixTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("A capability is proved by its tests, refused, failed, or was not tested at all")
    void table() throws IOException {
        ConformanceReport report = new ConformanceReport();
        report.add(run("one", "FLT-5", "DURABLE", RuleResult.PASS));
        report.add(run("one", "GRP-5", "RETAINED", RuleResult.PASS));
        report.add(run("one", "DSC-3", "RETAINED", RuleResult.PASS));
        report.add(run("one", "DSC-3", "DELIVERY_COUNT", RuleResult.PASS));
        report.add(run("one", "ACK-6", "DELIVERY_COUNT", RuleResult.FAIL));
        report.add(run("one", "ACK-1", "", RuleResult.PASS));
        report.add(run("another", "FLT-5", "DURABLE", RuleResult.REFUSED));
        report.write(directory);
        CapabilityMatrix matrix = CapabilityMatrix.read(List.of(directory.resolve(ConformanceReport.LINES_FILE)));
        assertThat(matrix.toMarkdown()).isEqualTo("""
                        | capability | another | one |
                        |---|---|---|
                        | `DURABLE` | refused | yes (FLT-5) |
                        | `RETAINED` | not tested | yes (DSC-3, GRP-5) |
                        | `GROUP_KEY_ORDER` | not tested | not tested |
                        | `DELIVERY_COUNT` | not tested | fail |
                        """);
    }

    private static RuleRun run(String transport, String rule, String capability, RuleResult result) {
        return new RuleRun(transport, rule, "A sentence", capability, result, Duration.ZERO, "");
    }
}
