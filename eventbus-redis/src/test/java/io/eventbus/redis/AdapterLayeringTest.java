package io.eventbus.redis;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A transport is a driver: it knows the SPI and Redis's client, and leaves all time and all threads to the engine. */
class AdapterLayeringTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    @Test
    @DisplayName("the transport knows the SPI and Redis's client, nothing else of the bus")
    void knowsTheSpiOnly() {
        classes()
                .that()
                .resideInAPackage("io.eventbus.redis..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventbus.redis..",
                        "io.eventbus.spi",
                        "redis.clients..",
                        "com.google.auto.service..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "java..",
                        "javax.net..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("the transport makes no thread, keeps no timer, sleeps never")
    void leavesTimeToTheEngine() {
        noClasses()
                .should()
                .accessTargetWhere(makesThreadsOrSleeps())
                .orShould()
                .beAssignableTo(Thread.class)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> makesThreadsOrSleeps() {
        return describe(
                "the target makes threads, borrows the JDK's or sleeps",
                access -> access.getTarget() instanceof CodeUnitAccessTarget target
                        && (isThreads(target) || isStageOnCommonPool(target)));
    }

    private static boolean isThreads(CodeUnitAccessTarget target) {
        boolean constructor = target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
        return target.getOwner().isEquivalentTo(Executors.class)
                || target.getOwner().isAssignableTo(Timer.class)
                || target.getOwner().isAssignableTo(ScheduledExecutorService.class)
                || (constructor && target.getOwner().isAssignableTo(Thread.class))
                || (constructor && target.getOwner().isAssignableTo(ExecutorService.class))
                || (target.getName().equals("sleep") && isSleeper(target));
    }

    private static boolean isSleeper(CodeUnitAccessTarget target) {
        return target.getOwner().isAssignableTo(Thread.class)
                || target.getOwner().isEquivalentTo(TimeUnit.class);
    }

    private static boolean isStageOnCommonPool(CodeUnitAccessTarget target) {
        boolean timed =
                Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(target.getName());
        boolean async = target.getName().endsWith("Async")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Executor.class));
        return target.getOwner().isAssignableTo(CompletionStage.class) && (timed || async);
    }
}
