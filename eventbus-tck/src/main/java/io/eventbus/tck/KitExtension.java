package io.eventbus.tck;

import io.eventbus.spi.Capability;
import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives each test its {@link Kit}, and its {@link Rerun} if it asks, takes that down after it, and reports how the test's rule ended. */
final class KitExtension implements BeforeEachCallback, ParameterResolver, InvocationInterceptor {

    private static final Namespace NAMESPACE = Namespace.create(KitExtension.class);

    private final TransportHarness harness;

    KitExtension(TransportHarness harness) {
        this.harness = harness;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        try {
            kit(context);
        } catch (EnvironmentException e) {
            report(context, "", RuleResult.of(e), e, Duration.ZERO);
            throw e;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Kit.class || type == Rerun.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean rerun = parameter.getParameter().getType() == Rerun.class;
        return rerun ? Rerun.of(Path.of(""), context.getUniqueId(), context.getTags()) : kit(context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        long start = System.nanoTime();
        Throwable thrown = null;
        Kit kit = kit(context);
        try {
            invocation.proceed();
        } catch (Throwable e) {
            thrown = e;
        } finally {
            kit.close();
        }
        RuleResult result = result(thrown);
        String capability = kit.subject().map(Capability::name).orElse("");
        report(context, capability, result, thrown, Duration.ofNanos(System.nanoTime() - start));
        if (thrown != null && !result.conformant()) {
            throw thrown;
        }
    }

    private static RuleResult result(@Nullable Throwable thrown) {
        if (thrown instanceof NotApplicable) {
            return RuleResult.NOT_APPLICABLE;
        }
        return thrown instanceof Refused ? RuleResult.REFUSED : RuleResult.of(thrown);
    }

    private void report(
            ExtensionContext context, String capability, RuleResult result, @Nullable Throwable thrown, Duration time) {
        String detail = thrown == null ? "" : describe(thrown);
        AnnotationSupport.findAnnotation(context.getElement(), Rule.class)
                .map(rule -> new RuleRun(
                        harness.transport(), rule.value(), context.getDisplayName(), capability, result, time, detail))
                .ifPresent(run -> context.publishReportEntry(run.toReportEntry()));
    }

    /** What no message explains is at least found by its name and place. */
    private static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        if (message != null) {
            return message;
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? thrown.toString() : thrown + " at " + trace[0];
    }

    private Kit kit(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Kit.class, key -> newKit(context), Kit.class);
    }

    private Kit newKit(ExtensionContext context) {
        return new Kit(RunningEnvironment.of(harness, context), timing(context), seam(context));
    }

    private static Timing timing(ExtensionContext context) {
        Timing timing = context.getConfigurationParameter(Timing.MULTIPLIER_PROPERTY)
                .map(value -> new Timing(Double.parseDouble(value)))
                .orElseGet(Timing::fromSystemProperties);
        return context.getConfigurationParameter(Timing.PRECONDITIONS_PARAMETER)
                .map(value -> new Timing(timing.multiplier(), Double.parseDouble(value)))
                .orElse(timing);
    }

    private static BuilderSeam seam(ExtensionContext context) {
        return context.getConfigurationParameter(BuilderSeam.PARAMETER)
                .map(name -> Named.instance(name, BuilderSeam.class))
                .orElse(builder -> builder);
    }
}
