package io.eventbus.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceReportTest {

    private static final Set<KitTest> TESTS =
            Set.of(new KitTest("ACK-1", "A sentence"), new KitTest("ORD-1", "A sentence"));

    private final ConformanceReport report = new ConformanceReport(TESTS);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("The summary counts rules, not tests, by transport, and names what does not conform")
    void summary() {
        add("rabbitmq", "ACK-1", RuleResult.PASS, "");
        add("rabbitmq", "ACK-1", RuleResult.FAIL, "lost e1\nand more");
        add("rabbitmq", "ACK-6", RuleResult.REFUSED, "");
        add("memory", "ACK-1", RuleResult.PASS, "");
        add("memory", "ACK-1", RuleResult.PASS, "");
        add("memory", "FLT-1", RuleResult.NOT_APPLICABLE, "");
        add("memory", "ORD-1", RuleResult.INCONCLUSIVE, "two lanes were never busy");
        add("memory", "ORD-2", RuleResult.ERROR, "");
        assertThat(report.summary().lines())
                .containsExactly(
                        "transport         rules  passed  refused   n/a  failed  inconclusive  error       time",
                        "memory                4       1        0     1       0             1      1      7.5 s",
                        "rabbitmq              2       0        1     0       1             0      0      4.5 s",
                        "",
                        "memory is not shown to be conformant: 2 of 5 tests did not end well; nothing tested DURABLE; nothing"
                                + " tested RETAINED; nothing tested GROUP_KEY_ORDER; nothing tested DELIVERY_COUNT",
                        "rabbitmq is not shown to be conformant: 1 of 2 tests did not run, the first of them ORD-1 (A sentence); 1"
                                + " of 3 tests did not end well; nothing tested DURABLE; nothing tested RETAINED; nothing tested"
                                + " GROUP_KEY_ORDER; nothing tested DELIVERY_COUNT",
                        "",
                        "rabbitmq  ACK-1  FAIL  A sentence: lost e1",
                        "memory  ORD-1  INCONCLUSIVE  A sentence: two lanes were never busy",
                        "memory  ORD-2  ERROR  A sentence: no message");
    }

    @Test
    @DisplayName("Rules are sorted by area and number")
    void rules() {
        add("memory", "ORD-2", RuleResult.PASS, "");
        add("memory", "ORD-10", RuleResult.PASS, "");
        add("memory", "ACK-3", RuleResult.FAIL, "");
        add("other", "ACK-1", RuleResult.PASS, "");
        assertThat(report.rules("memory").keySet()).containsExactly("ACK-3", "ORD-2", "ORD-10");
        assertThat(report.rules("memory")).containsEntry("ACK-3", RuleResult.FAIL);
        assertThat(report.rules("unknown")).isEmpty();
    }

    @Test
    @DisplayName("It writes a line for each test, and the summary")
    void write() throws IOException {
        add("memory", "ACK-1", RuleResult.FAIL, "lost \"e1\"");
        report.write(directory.resolve("new/one"));
        assertThat(directory.resolve("new/one/conformance.jsonl"))
                .hasContent(
                        "{\"transport\":\"memory\",\"rule\":\"ACK-1\",\"test\":\"A sentence\",\"capability\":\"\",\"result\":\"FAIL\","
                                + "\"seconds\":1.5,\"detail\":\"lost \\\"e1\\\"\"}\n");
        assertThat(Files.readString(directory.resolve("new/one/conformance.txt")))
                .isEqualTo(report.summary());
    }

    private void add(String transport, String rule, RuleResult result, String detail) {
        report.add(new RuleRun(transport, rule, "A sentence", "", result, Duration.ofMillis(1500), detail));
    }
}
