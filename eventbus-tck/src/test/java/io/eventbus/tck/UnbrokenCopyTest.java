package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the mutants are made from keeps the rules, so that they are rejected for their defects alone. Runs before them: what one of
 * them has initialised stays so in this JVM.
 */
@Order(1)
class UnbrokenCopyTest {

    static Stream<Class<?>> sideBySide() {
        return RuleTests.classes().stream().filter(rules -> !RuleTests.needWholeJvm(RuleTests.in(List.of(rules))));
    }

    static Stream<Class<?>> alone() {
        return RuleTests.classes().stream().filter(rules -> RuleTests.needWholeJvm(RuleTests.in(List.of(rules))));
    }

    @ParameterizedTest
    @MethodSource("sideBySide")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = RuleTests.JVM, mode = ResourceAccessMode.READ)
    @DisplayName("All rules are kept")
    void kept(Class<?> rules) {
        keep(rules);
    }

    @ParameterizedTest
    @MethodSource("alone")
    @ResourceLock(RuleTests.JVM)
    @DisplayName("All rules that look at the whole JVM are kept")
    void keptAlone(Class<?> rules) {
        keep(rules);
    }

    private static void keep(Class<?> rules) {
        assertThat(RuleTests.run(RuleTests.in(List.of(rules)), Map.of()))
                .isNotEmpty()
                .allSatisfy(run ->
                        assertThat(run.result().conformant()).as("%s", run).isTrue());
    }
}
