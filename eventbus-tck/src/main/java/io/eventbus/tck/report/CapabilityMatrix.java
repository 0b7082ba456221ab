package io.eventbus.tck.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.spi.Capability;
import io.eventbus.tck.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which transport can do what, as tests saw it: made from what runs of the kit have reported, not from what is declared. */
public final class CapabilityMatrix {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How the tests of a capability ended for a transport. */
    private record Finding(String transport, String capability, String rule, RuleResult result) {}

    private final List<Finding> findings;

    private CapabilityMatrix(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /**
     * Reads what was reported.
     *
     * @param files files as {@link ConformanceReport#LINES_FILE}, of any number of transports
     * @return the matrix
     * @throws IOException if a file cannot be read
     */
    public static CapabilityMatrix read(Collection<Path> files) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode run = MAPPER.readTree(line);
                if (!run.path("capability").asText().isEmpty()) {
                    findings.add(new Finding(
                            run.path("transport").asText(),
                            run.path("capability").asText(),
                            run.path("rule").asText(),
                            RuleResult.valueOf(run.path("result").asText())));
                }
            }
        }
        return new CapabilityMatrix(findings);
    }

    /** {@return a table in Markdown: a line for each capability, a column for each transport, sorted by name} */
    public String toMarkdown() {
        List<String> transports = new ArrayList<>(
                findings.stream().map(Finding::transport).collect(Collectors.toCollection(TreeSet::new)));
        Stream<String> head = Stream.of(row("capability", transports), "|---".repeat(transports.size() + 1) + "|");
        Stream<String> rows = Arrays.stream(Capability.values())
                .map(capability -> row("`" + capability + "`", cells(capability, transports)));
        return Stream.concat(head, rows).collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> cells(Capability capability, List<String> transports) {
        Map<String, List<Finding>> byTransport = findings.stream()
                .filter(finding -> finding.capability().equals(capability.name()))
                .collect(Collectors.groupingBy(Finding::transport, TreeMap::new, Collectors.toList()));
        return transports.stream()
                .map(transport -> cell(byTransport.getOrDefault(transport, List.of())))
                .toList();
    }

    private static String cell(List<Finding> found) {
        if (found.isEmpty()) {
            return "not tested";
        }
        RuleResult result = RuleResult.worst(found.stream().map(Finding::result).toList());
        return switch (result) {
            case PASS ->
                "yes (" + found.stream().map(Finding::rule).distinct().sorted().collect(Collectors.joining(", ")) + ")";
            case REFUSED -> "refused";
            default -> result.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |";
    }
}
