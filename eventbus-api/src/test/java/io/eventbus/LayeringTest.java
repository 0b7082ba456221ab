package io.eventbus;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The layers of the house: applications see {@code io.eventbus}, brokers see {@code spi}, nobody sees {@code internal}. */
class LayeringTest {

    private static final String API = "io.eventbus";
    private static final String SPI = "io.eventbus.spi";
    private static final String INTERNAL = "io.eventbus.internal";

    /** With its nested classes, which may do what it may. */
    private static final String BUILDER = "io\\.eventbus\\.EventBusBuilder(\\$.*)?";

    private static final String THREADS = "io\\.eventbus\\.internal\\.Threads(\\$.*)?";

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    @Test
    @DisplayName("the SPI is the bottom layer: it knows nothing but the JDK and JSpecify")
    void spiIsTheBottom() {
        classes()
                .that()
                .resideInAPackage(SPI)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(SPI, "java..", "javax.net.ssl..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("only EventBusBuilder knows the engine")
    void onlyTheBuilderKnowsTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(API)
                .and()
                .haveNameNotMatching(BUILDER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(INTERNAL + "..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("the one public class of the engine is Engine")
    void engineIsTheOnePublicClass() {
        classes()
                .that()
                .resideInAPackage(INTERNAL + "..")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveFullyQualifiedName(INTERNAL + ".Engine")
                .should()
                .notBePublic()
                .check(CLASSES);
    }

    @Test
    @DisplayName("packages form no circle, but for the builder that makes the engine")
    void packagesFormNoCircle() {
        slices().assignedFrom(new ByPackage())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(nameMatching(BUILDER), resideInAPackage(INTERNAL))
                .check(CLASSES);
    }

    @Test
    @DisplayName("all threads and timers come from Threads")
    void threadsComeFromThreads() {
        noClasses()
                .that()
                .haveNameNotMatching(THREADS)
                .should()
                .accessTargetWhere(makesThreads())
                .orShould()
                .beAssignableTo(Thread.class)
                .check(CLASSES);
    }

    /** Also what borrows the JDK's common threads: asynchronous stages without an executor, time-outs of futures, parallel streams. */
    private static DescribedPredicate<JavaAccess<?>> makesThreads() {
        return describe(
                "the target makes threads or borrows the JDK's",
                access -> access.getTarget() instanceof CodeUnitAccessTarget target
                        && (isMaker(target) || isTimed(target) || isAsyncOnCommonPool(target) || isParallel(target)));
    }

    private static boolean isMaker(CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        boolean constructor = target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
        return owner.isEquivalentTo(Executors.class)
                || owner.isAssignableTo(Timer.class)
                || (constructor && (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(ExecutorService.class)))
                || target.getName().equals("commonPool");
    }

    private static boolean isTimed(CodeUnitAccessTarget target) {
        return isStage(target)
                && Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(target.getName());
    }

    private static boolean isAsyncOnCommonPool(CodeUnitAccessTarget target) {
        return isStage(target)
                && target.getName().endsWith("Async")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Executor.class));
    }

    private static boolean isParallel(CodeUnitAccessTarget target) {
        return target.getOwner().getPackageName().startsWith("java.util")
                && Set.of("parallel", "parallelStream").contains(target.getName());
    }

    private static boolean isStage(CodeUnitAccessTarget target) {
        return target.getOwner().isAssignableTo(CompletionStage.class);
    }

    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
