package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.EventBus;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.jvm.BuildProbe.Answer;
import io.eventbus.tck.jvm.BuildProbe.Request;
import io.eventbus.tck.jvm.ChildJvm;
import io.eventbus.tck.jvm.ClassLog;
import io.eventbus.tck.jvm.ClassPath;
import io.eventbus.tck.jvm.DescribeProgram;
import io.eventbus.tck.jvm.ServicesLoader;
import io.eventbus.tck.jvm.Twin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** DSC: how the transport is found. */
@Conformance
public class DiscoveryRules {

    private static final String REFUSAL = "ConfigurationException";

    /** Run by JUnit. */
    public DiscoveryRules() {}

    @Test
    @Rule("DSC-1")
    @DisplayName("the service loader finds the provider, and no other under its name")
    final void providerIsFound(Kit kit) {
        String name = kit.provider().name();
        List<String> found = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .map(DiscoveryRules::className)
                .toList();
        assertEquals(List.of(className(kit.provider())), found);
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("the provider describes itself in one way, whose parts agree")
    final void descriptionAgrees(Kit kit) {
        TransportProvider provider = kit.provider();
        Set<String> options =
                provider.options().stream().map(OptionDescriptor::name).collect(Collectors.toSet());
        assertAll(
                () -> assertEquals(description(provider), description(kit.provider()), "asked twice"),
                () -> assertTrue(provider.name().matches("[a-z][a-z0-9]*"), provider.name()),
                () -> assertTrue(
                        provider.schemes().stream().allMatch(scheme -> scheme.matches("[a-z][a-z0-9+.-]*")),
                        () -> provider.schemes().toString()),
                () -> assertTrue(
                        provider.schemes().contains(provider.defaultUrl().getScheme()),
                        () -> provider.defaultUrl() + " has none of the schemes " + provider.schemes()),
                () -> assertEquals(provider.options().size(), options.size(), "distinct names of options"),
                () -> assertTrue(
                        options.stream().allMatch(option -> option.startsWith(provider.name() + ".")),
                        options::toString));
    }

    @Test
    @Rule("DSC-1")
    @DisplayName(
            "constructing and describing the provider starts no thread, opens no connection and initialises no class of the client")
    final void describingHasNoSideEffect(Kit kit) {
        ClassLog log = describedAlone(kit);
        List<String> initialised =
                log.initialisedBetween(DescribeProgram.Describing.class, DescribeProgram.Building.class);
        assertTrue(initialised.contains(className(kit.provider())), () -> "the provider is not in " + initialised);
        assertEquals(List.of(), foreign(kit, log, initialised), "classes of others");
        assertEquals(List.of(), network(initialised), "classes of the network");
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("building a bus starts no thread and opens no connection")
    final void buildingHasNoSideEffect(Kit kit) {
        ClassLog log = describedAlone(kit);
        List<String> initialised = log.initialisedBetween(DescribeProgram.Building.class, DescribeProgram.Built.class);
        assertEquals(List.of(), network(initialised), "classes of the network");
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("two transports of one name are refused, and both are named")
    final void twoOfOneNameAreRefused(Kit kit) {
        Answer answer = withTwin(kit)
                .build(Request.of(kit.environment().url())
                        .withTwin(kit.provider().name(), "another"));
        assertRefused(answer, kit.provider().name(), className(kit.provider()), Twin.class.getName());
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("two transports for one scheme are refused, and both are named")
    final void twoForOneSchemeAreRefused(Kit kit) {
        Answer answer = withTwin(kit).build(Request.of(kit.environment().url()).withTwin("another", scheme(kit)));
        assertRefused(answer, scheme(kit), className(kit.provider()), Twin.class.getName());
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("a scheme that no transport has is refused, and those that there are are listed")
    final void unknownSchemeIsRefused(Kit kit) {
        Answer answer = withTwin(kit).build(Request.of("nosuch://host").withTwin("another", "other"));
        assertRefused(answer, "nosuch", scheme(kit), kit.provider().name(), "another", "other");
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("without a transport on the class path, building says that there is none")
    final void noTransportIsRefused(Kit kit) {
        Answer answer =
                ServicesLoader.of(kit).build(Request.of(kit.environment().url()));
        assertRefused(answer, "no transport", "found none", "class path");
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("without a URL, the only transport is taken")
    final void onlyTransportIsTaken(Kit kit) {
        requireNoUrlInEnvironment();
        Answer answer = ServicesLoader.of(kit, className(kit.provider())).build(Request.withoutUrl());
        assertEquals(new Answer("", ""), answer);
    }

    @Test
    @Rule("DSC-1")
    @DisplayName("without a URL, several transports are refused, and all are named")
    final void severalWithoutUrlAreRefused(Kit kit) {
        requireNoUrlInEnvironment();
        Answer answer = withTwin(kit).build(Request.withoutUrl().withTwin("another", "other"));
        assertRefused(answer, "no URL", className(kit.provider()), Twin.class.getName());
    }

    private static void requireNoUrlInEnvironment() {
        Inconclusive.unless(System.getenv("EVENTBUS_URL") == null, "no EVENTBUS_URL in the environment");
    }

    private static ServicesLoader withTwin(Kit kit) {
        return ServicesLoader.of(kit, className(kit.provider()), Twin.class.getName());
    }

    private static void assertRefused(Answer answer, String... parts) {
        assertEquals(REFUSAL, answer.failure(), answer.message());
        for (String part : parts) {
            assertTrue(answer.message().contains(part), () -> "'" + part + "' is not in: " + answer.message());
        }
    }

    /** In a JVM where nothing else happens, so that whatever has happened is the provider's doing. */
    private static ClassLog describedAlone(Kit kit) {
        ChildJvm jvm = new ChildJvm(kit).url(kit.environment().url());
        Path log = jvm.folder().resolve("classes");
        ChildJvm.Ended ended =
                jvm.options(ClassLog.option(log)).run(DescribeProgram.class, List.of(className(kit.provider())));
        assertEquals(0, ended.exitCode(), ended::toString);
        assertTrue(ended.output().contains(DescribeProgram.NEW_THREADS + "[]"), ended::toString);
        return ClassLog.read(log);
    }

    /** Classes that are neither the JDK's, nor the transport's own, nor those of the bus, its logging facade or the kit. */
    private static List<String> foreign(Kit kit, ClassLog log, List<String> initialised) {
        Set<Path> known = Stream.of(
                        kit.provider().getClass(), EventBus.class, LoggerFactory.class, DiscoveryRules.class)
                .map(ClassPath::locationOf)
                .collect(Collectors.toSet());
        return initialised.stream()
                .filter(type ->
                        log.originOf(type).filter(path -> !known.contains(path)).isPresent())
                .toList();
    }

    /** What the JDK initialises before anything can be resolved or connected. */
    private static List<String> network(List<String> initialised) {
        return initialised.stream()
                .filter(type -> type.equals("sun.nio.ch.Net") || type.equals("java.net.InetAddress"))
                .toList();
    }

    private static String scheme(Kit kit) {
        return URI.create(kit.environment().url()).getScheme();
    }

    private static String description(TransportProvider provider) {
        return provider.name() + new TreeSet<>(provider.schemes()) + provider.defaultUrl() + provider.options();
    }

    private static String className(TransportProvider provider) {
        return provider.getClass().getName();
    }
}
