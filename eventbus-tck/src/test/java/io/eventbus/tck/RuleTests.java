package io.eventbus.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The tests of the rules, to be run by other tests. */
final class RuleTests {

    /** The lock of what may run beside other tests, and of what may not. */
    static final String JVM = "the whole JVM";

    /** The kit's own tests lie in packages of the API, to break its engine; no module path can hold both. */
    private static final String ON_MODULE_PATH = "worksOnModulePath";

    private static final String PACKAGE = "io.eventbus.tck.rules";

    private RuleTests() {}

    /** {@return the classes of rules, by name} */
    static List<Class<?>> classes() {
        return ReflectionSupport.findAllClassesInPackage(
                        PACKAGE, type -> type.isAnnotationPresent(Conformance.class), name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    /** {@return the tests of some classes of rules, as far as they can run here} */
    static List<Method> in(Collection<Class<?>> classes) {
        return classes.stream()
                .flatMap(type -> ReflectionSupport.findMethods(
                        type, method -> method.isAnnotationPresent(Rule.class), HierarchyTraversalMode.TOP_DOWN)
                        .stream())
                .filter(test -> !test.getName().equals(ON_MODULE_PATH))
                .toList();
    }

    /** {@return the tests of some rules} */
    static List<Method> of(Set<String> rules) {
        return in(classes()).stream()
                .filter(method -> rules.contains(ruleOf(method)))
                .toList();
    }

    /** {@return the rules that some tests are for} */
    static Set<String> rulesOf(Collection<Method> tests) {
        return tests.stream().map(RuleTests::ruleOf).collect(Collectors.toSet());
    }

    /** {@return whether some of the tests look at the whole JVM, so that nothing may run beside them} */
    static boolean needWholeJvm(Collection<Method> tests) {
        return tests.stream().anyMatch(test -> AnnotationSupport.isAnnotated(test.getDeclaringClass(), Isolated.class));
    }

    /** {@return the number of the rule that a test is for} */
    static String ruleOf(Method test) {
        return test.getAnnotation(Rule.class).value();
    }

    /**
     * Runs tests one after the other.
     *
     * @param tests the tests
     * @param parameters the configuration parameters of the run
     * @return how they ended
     */
    static List<RuleRun> run(Collection<Method> tests, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(tests.stream()
                        .map(test -> selectMethod(test.getDeclaringClass(), test))
                        .toArray(DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .stream()
                .map(RuleTests::ruleRun)
                .flatMap(Optional::stream)
                .collect(Collectors.toList());
    }

    private static Optional<RuleRun> ruleRun(Event event) {
        return event.getPayload(ReportEntry.class).flatMap(entry -> RuleRun.fromReportEntry(entry.getKeyValuePairs()));
    }
}
