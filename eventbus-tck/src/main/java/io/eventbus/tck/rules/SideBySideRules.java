package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.TransportHarness;
import io.eventbus.tck.jvm.ChildJvm;
import io.eventbus.tck.jvm.ClassLog;
import io.eventbus.tck.jvm.ClassPath;
import io.eventbus.tck.jvm.ModulePath;
import io.eventbus.tck.jvm.RoundTripProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DSC: several buses in one JVM, and other kinds of JVM than the test's own. */
@Conformance
public class SideBySideRules {

    /** From building to closing. */
    private static final Duration USE = Duration.ofSeconds(30);

    /** Run by JUnit. */
    public SideBySideRules() {}

    @Test
    @Rule("DSC-5")
    @DisplayName("of two buses of one transport, the other goes on when one is closed")
    final void oneIsClosed(Kit kit) {
        String topic = kit.name("topic");
        Collected<Integer> handled = new Collected<>();
        BusUnderTest first = kit.member(topic, kit.name("group"));
        BusUnderTest second = kit.member(topic, kit.name("group"));
        first.bus().subscribe(Sample.Placed.class, event -> {});
        second.bus()
                .subscribe(
                        Sample.Placed.class,
                        event -> handled.add(event.payload().number()));
        first.start();
        second.start();
        first.close();
        second.bus().publish(Sample.placed("key", 1));
        second.bus().publish(Sample.placed("key", 2));
        assertEquals(List.of(1, 2), kit.await().count("the events at the other bus", handled, 2));
    }

    @Test
    @Rule("DSC-5")
    @DisplayName("buses of all transports that there are work in one JVM at the same time")
    final void allTransportsWorkTogether(Kit kit) throws Exception {
        List<EventBus> buses = new ArrayList<>();
        List<Collected<Integer>> handled = new ArrayList<>();
        for (Environment broker : brokers(kit)) {
            Collected<Integer> seen = new Collected<>();
            EventBusBuilder builder = EventBus.builder().url(broker.url());
            broker.options().forEach(builder::option);
            EventBus bus = kit.closing(builder.events(Sample.Placed.class)
                    .topic(kit.name("topic"))
                    .group(kit.name("group"))
                    .build());
            bus.subscribe(Sample.Placed.class, event -> seen.add(event.payload().number()));
            bus.start();
            buses.add(bus);
            handled.add(seen);
        }
        for (int i = 0; i < buses.size(); i++) {
            buses.get(i).publish(Sample.placed("key", i));
            buses.get(i).publish(Sample.placed("key", -i));
        }
        for (int i = 0; i < buses.size(); i++) {
            assertEquals(List.of(i, -i), kit.await().count("the events of bus " + i, handled.get(i), 2));
        }
    }

    @Test
    @Rule("DSC-5")
    @DisplayName("a bus is found, built, started and used by a thread without a context class loader")
    final void worksWithoutContextClassLoader(Kit kit) {
        Collected<Integer> handled = new Collected<>();
        CompletableFuture<Void> used = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (EventBus bus = kit.plainBuilder()
                    .topic(kit.name("topic"))
                    .group(kit.name("group"))
                    .build()) {
                bus.subscribe(
                        Sample.Placed.class,
                        event -> handled.add(event.payload().number()));
                bus.start();
                bus.publish(Sample.placed("key", 1));
                bus.publish(Sample.placed("key", 2));
                kit.await().count("the events", handled, 2);
                used.complete(null);
            } catch (Throwable e) {
                used.completeExceptionally(e);
            }
        });
        thread.setContextClassLoader(null);
        thread.start();
        kit.timing().await(USE).result("the use of the bus", used);
        assertEquals(List.of(1, 2), handled.snapshot());
    }

    @Test
    @Rule("DSC-5")
    @DisplayName("a program works on the class path and, without a change, on the module path")
    final void worksOnModulePath(Kit kit) {
        ChildJvm first = new ChildJvm(kit).url(kit.environment().url());
        Path log = first.folder().resolve("classes");
        assertRoundTrip(kit, first.options(ClassLog.option(log)), "unnamed module");
        ModulePath modules = ModulePath.of(ClassLog.read(log), first.folder());
        ChildJvm second = new ChildJvm(kit)
                .url(kit.environment().url())
                .classPath(List.of(ClassPath.locationOf(RoundTripProgram.class)))
                .options("--module-path", ClassPath.join(modules.entries()))
                .options("--add-modules", String.join(",", modules.roots()));
        assertRoundTrip(kit, second, "module ");
    }

    private static void assertRoundTrip(Kit kit, ChildJvm jvm, String module) {
        List<String> arguments = new ArrayList<>(List.of(kit.name("topic"), kit.name("group")));
        arguments.addAll(ChildJvm.busOptions(kit.environment()));
        ChildJvm.Ended ended = jvm.run(RoundTripProgram.class, arguments);
        List<String> modules = ended.output()
                .lines()
                .filter(line -> line.startsWith(RoundTripProgram.MODULE))
                .map(line -> line.substring(RoundTripProgram.MODULE.length()))
                .toList();
        assertTrue(ended.output().contains(RoundTripProgram.HANDLED), ended::toString);
        assertEquals(0, ended.exitCode(), ended::toString);
        assertTrue(modules.size() > 1, ended::toString);
        assertTrue(modules.stream().allMatch(found -> found.startsWith(module)), modules::toString);
    }

    /** That of this run, twice, and one of every other harness that is found. */
    private static List<Environment> brokers(Kit kit) throws Exception {
        List<Environment> brokers = new ArrayList<>(List.of(kit.environment(), kit.environment()));
        for (TransportHarness harness : ServiceLoader.load(TransportHarness.class)) {
            if (!harness.transport().equals(kit.provider().name())) {
                brokers.add(kit.closing(harness.start()));
            }
        }
        return brokers;
    }
}
