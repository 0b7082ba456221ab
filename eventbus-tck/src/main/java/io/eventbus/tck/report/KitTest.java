package io.eventbus.tck.report;

import io.eventbus.tck.Conformance;
import io.eventbus.tck.Rule;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A test of the kit, as reports name it.
 *
 * @param rule the rule's number
 * @param name the test's display name
 */
record KitTest(String rule, String name) {

    private static final String PACKAGE = "io.eventbus.tck.rules";

    /** Every test that a transport has to be put to. */
    static Set<KitTest> all() {
        return ReflectionSupport.findAllClassesInPackage(
                        PACKAGE, type -> type.isAnnotationPresent(Conformance.class), name -> true)
                .stream()
                .flatMap(type -> ReflectionSupport.findMethods(
                        type, method -> method.isAnnotationPresent(Rule.class), HierarchyTraversalMode.TOP_DOWN)
                        .stream())
                .map(KitTest::of)
                .collect(Collectors.toSet());
    }

    private static KitTest of(Method test) {
        return new KitTest(
                test.getAnnotation(Rule.class).value(),
                test.getAnnotation(DisplayName.class).value());
    }

    static KitTest of(RuleRun run) {
        return new KitTest(run.rule(), run.test());
    }

    @Override
    public String toString() {
        return rule + " (" + name + ")";
    }
}
