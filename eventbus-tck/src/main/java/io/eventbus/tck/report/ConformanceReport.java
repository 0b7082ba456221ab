package io.eventbus.tck.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.tck.Collected;
import io.eventbus.tck.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results of a run by transport and rule. Thread-safe; results are only ever added. */
public final class ConformanceReport {

    /** The name of the file with one JSON object for each test. */
    public static final String LINES_FILE = "conformance.jsonl";

    /** The name of the file with the {@link #summary}. */
    public static final String SUMMARY_FILE = "conformance.txt";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Collected<RuleRun> runs = new Collected<>();
    private final Set<KitTest> tests;

    /** Makes an empty report. */
    public ConformanceReport() {
        this(KitTest.all());
    }

    /** Makes an empty report of a kit with other tests. */
    ConformanceReport(Set<KitTest> tests) {
        this.tests = tests;
    }

    /**
     * Adds the result of one test.
     *
     * @param run the result
     */
    public void add(RuleRun run) {
        runs.add(run);
    }

    /** {@return the results so far, in the order in which the tests ended} */
    public List<RuleRun> runs() {
        return runs.snapshot();
    }

    /**
     * Says how each rule ended for a transport. A rule ends as the worst of its tests.
     *
     * @param transport the transport's name
     * @return the results by rule, sorted by rule; empty if nothing ran for this transport
     */
    public Map<String, RuleResult> rules(String transport) {
        return byRule(
                runs().stream().filter(run -> run.transport().equals(transport)).toList());
    }

    /**
     * Says whether this report shows that a transport conforms.
     *
     * @param transport the transport's name
     * @return the verdict; that nothing was run, if nothing ran for this transport
     */
    public Verdict verdict(String transport) {
        return Verdict.of(
                transport,
                runs().stream().filter(run -> run.transport().equals(transport)).toList(),
                tests);
    }

    /** {@return a table with a line for each transport, below it the verdicts, and below them what does not conform} */
    public String summary() {
        Map<String, List<RuleRun>> byTransport =
                runs().stream().collect(Collectors.groupingBy(RuleRun::transport, TreeMap::new, Collectors.toList()));
        List<SummaryLine> lines = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        byTransport.forEach((transport, ofTransport) -> {
            lines.add(new SummaryLine(transport, byRule(ofTransport).values(), total(ofTransport)));
            verdicts.add(verdict(transport).toString());
        });
        return SummaryLine.table(lines) + "\n" + String.join("\n", verdicts) + "\n" + defects();
    }

    private String defects() {
        List<String> defects = runs().stream()
                .filter(run -> !run.result().conformant())
                .map(ConformanceReport::line)
                .toList();
        return defects.isEmpty() ? "" : "\n" + String.join("\n", defects) + "\n";
    }

    private static String line(RuleRun run) {
        String why = run.detail().lines().findFirst().orElse("no message");
        return run.transport() + "  " + run.rule() + "  " + run.result() + "  " + run.test() + ": " + why;
    }

    /**
     * Writes {@value #LINES_FILE} and {@value #SUMMARY_FILE}, in UTF-8.
     *
     * @param directory where to; made if it does not exist
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>();
        for (RuleRun run : runs()) {
            lines.add(json(run));
        }
        Files.write(directory.resolve(LINES_FILE), lines);
        Files.writeString(directory.resolve(SUMMARY_FILE), summary());
    }

    private static String json(RuleRun run) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("transport", run.transport());
        fields.put("rule", run.rule());
        fields.put("test", run.test());
        fields.put("capability", run.capability());
        fields.put("result", run.result());
        fields.put("seconds", run.time().toNanos() / 1e9);
        fields.put("detail", run.detail());
        return MAPPER.writeValueAsString(fields);
    }

    private static Map<String, RuleResult> byRule(List<RuleRun> ofTransport) {
        Map<String, List<RuleResult>> results = ofTransport.stream()
                .collect(Collectors.groupingBy(
                        RuleRun::rule,
                        () -> new TreeMap<>(RuleNumber.ORDER),
                        Collectors.mapping(RuleRun::result, Collectors.toList())));
        Map<String, RuleResult> worst = new LinkedHashMap<>();
        results.forEach((rule, ofRule) -> worst.put(rule, RuleResult.worst(ofRule)));
        return worst;
    }

    private static Duration total(List<RuleRun> ofTransport) {
        return ofTransport.stream().map(RuleRun::time).reduce(Duration.ZERO, Duration::plus);
    }
}
