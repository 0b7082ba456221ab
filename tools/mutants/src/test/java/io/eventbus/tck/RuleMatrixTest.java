package io.eventbus.tck;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is promised is tested, and what tests it has been seen to fail. */
class RuleMatrixTest {

    private static final Path SPEC = Path.of("..", "..", "SPEC.md");
    private static final Path MATRIX = Path.of("target", "matrix.md");

    /** The first cells of the line of a rule: its number and its level. */
    private static final Pattern RULE = Pattern.compile("(?m)^\\| ([A-Z]{3}-\\d+) \\| (?:M|N|C: `[A-Z_]+`) \\|");

    private static final Map<String, Set<String>> TESTS =
            collect(RuleTests.everything().map(test -> Map.entry(RuleTests.ruleOf(test), RuleTests.nameOf(test))));

    private static final Map<String, Set<String>> MUTANTS = collect(Mutant.all()
            .flatMap(mutant -> mutant.caughtBy().stream()
                    .map(rule -> Map.entry(rule, mutant.broken().name()))));

    @Test
    @DisplayName("Every rule of SPEC.md has a test, and every test is for a rule of SPEC.md")
    void tests() throws IOException {
        assertThat(TESTS.keySet()).isEqualTo(promised());
    }

    @Test
    @DisplayName("Every rule of SPEC.md has a mutant that it rejects, and every mutant is rejected by rules of SPEC.md")
    void mutants() throws IOException {
        assertThat(MUTANTS.keySet()).isEqualTo(promised());
    }

    @Test
    @DisplayName("The matrix of rules, tests and mutants can be read")
    void matrix() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| rule | tests | mutants |", "|---|---|---|"));
        for (String rule : promised()) {
            lines.add("| " + rule + " | " + cell(TESTS, rule) + " | " + cell(MUTANTS, rule) + " |");
        }
        Files.createDirectories(MATRIX.getParent());
        Files.write(MATRIX, lines);
        assertThat(MATRIX).isNotEmptyFile();
    }

    private static Map<String, Set<String>> collect(Stream<Map.Entry<String, String>> cells) {
        return cells.collect(
                groupingBy(Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, toCollection(TreeSet::new))));
    }

    private static String cell(Map<String, Set<String>> column, String rule) {
        return String.join(", ", column.getOrDefault(rule, Set.of()));
    }

    /** The rules that hold, without those that are pending, which have no level. */
    private static Set<String> promised() throws IOException {
        return RULE.matcher(Files.readString(SPEC))
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));
    }
}
