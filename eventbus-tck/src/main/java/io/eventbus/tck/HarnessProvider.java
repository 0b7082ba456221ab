package io.eventbus.tck;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Feeds a class of rules with the harnesses: those that are named by a configuration parameter, or all that are found. */
final class HarnessProvider implements ClassTemplateInvocationContextProvider {

    /** The configuration parameter that names the only harness to run with, as {@link Named} reads it. */
    static final String HARNESS_PARAMETER = "eventbus.tck.harness";

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        return context.getConfigurationParameter(HARNESS_PARAMETER)
                .map(name -> Stream.of(Named.instance(name, TransportHarness.class)))
                .orElseGet(HarnessProvider::found)
                .map(Invocation::new);
    }

    private static Stream<TransportHarness> found() {
        return ServiceLoader.load(TransportHarness.class).stream().map(ServiceLoader.Provider::get);
    }

    /** The class's tests on one transport. */
    private record Invocation(TransportHarness harness) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return harness.transport();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new KitExtension(harness));
        }
    }
}
