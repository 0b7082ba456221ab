package io.eventbus.tck;

import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests of the rules. */
final class RuleTests {

    /** The lock of what {@link #needsWholeJvm}. */
    static final String JVM = "the whole JVM";

    private static final String PACKAGE = "io.eventbus.tck.rules";

    /** These tests lie in packages of the API, to break its engine; no module path can hold both. */
    private static final String ON_MODULE_PATH = "worksOnModulePath";

    /** About the code of adapters: the copy to be broken is none, but part of the kit. */
    private static final String ABOUT_CODE = "DRV-";

    private static final List<Method> EVERYTHING = find();

    private RuleTests() {}

    private static List<Method> find() {
        return ReflectionSupport.findAllClassesInPackage(
                        PACKAGE, type -> type.isAnnotationPresent(Conformance.class), name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> ReflectionSupport.findMethods(
                        type, method -> method.isAnnotationPresent(Rule.class), HierarchyTraversalMode.TOP_DOWN)
                        .stream())
                .toList();
    }

    /** {@return all that can run here on a copy without a defect} */
    static List<Method> all() {
        return everything()
                .filter(test -> !test.getName().equals(ON_MODULE_PATH))
                .filter(test -> !ruleOf(test).startsWith(ABOUT_CODE))
                .toList();
    }

    /** {@return all that there are} */
    static Stream<Method> everything() {
        return EVERYTHING.stream();
    }

    /** {@return the tests of some rules that can run here} */
    static List<Method> of(Set<String> rules) {
        return everything()
                .filter(test -> !test.getName().equals(ON_MODULE_PATH))
                .filter(test -> rules.contains(ruleOf(test)))
                .toList();
    }

    /** {@return the test that ended so} */
    static Method of(RuleRun run) {
        List<Method> found = of(Set.of(run.rule())).stream()
                .filter(test -> test.getAnnotation(DisplayName.class).value().equals(run.test()))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("which of " + found + " has ended so? " + run);
        }
        return found.get(0);
    }

    /** {@return a test's class and method, without the package} */
    static String nameOf(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }

    /** {@return whether a test looks at the whole JVM, so that nothing may run beside it} */
    static boolean needsWholeJvm(Method test) {
        return test.getDeclaringClass().isAnnotationPresent(Isolated.class);
    }

    /** {@return the rule that a test is for} */
    static String ruleOf(Method test) {
        return test.getAnnotation(Rule.class).value();
    }
}
