package io.eventbus.tck.jvm;

import io.eventbus.EventBus;
import io.eventbus.spi.TransportProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds a provider, asks it for its description, and builds a bus with it, in a JVM where nothing else happens. Says which
 * threads there are then and were not before. The initialisation of the nested classes marks in the JVM's log what happened when.
 *
 * <p>Arguments: the class of the provider. Environment: {@code EVENTBUS_URL}.
 */
public final class DescribeProgram {

    /** What precedes the names of threads that have appeared. */
    public static final String NEW_THREADS = "new threads: ";

    private DescribeProgram() {}

    /**
     * Runs the program.
     *
     * @param arguments see the class
     */
    public static void main(String[] arguments) {
        List<ServiceLoader.Provider<TransportProvider>> found = ServiceLoader.load(TransportProvider.class).stream()
                .filter(provider -> provider.type().getName().equals(arguments[0]))
                .toList();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        System.out.println(Describing.mark());
        for (ServiceLoader.Provider<TransportProvider> one : found) {
            TransportProvider provider = one.get();
            System.out.println("found " + provider.name() + provider.schemes() + provider.defaultUrl()
                    + provider.options().size());
        }
        System.out.println(Building.mark());
        EventBus bus = EventBus.builder().topic("topic").group("group").build();
        System.out.println(Built.mark());
        System.out.println(bus);
        Set<String> appeared = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        System.out.println(NEW_THREADS + appeared);
        bus.close();
    }

    /** Marks where the provider is constructed and described. */
    public static final class Describing {
        private Describing() {}

        static String mark() {
            return "describing";
        }
    }

    /** Marks where a bus is built. */
    public static final class Building {
        private Building() {}

        static String mark() {
            return "building";
        }
    }

    /** Marks where it has been built. */
    public static final class Built {
        private Built() {}

        static String mark() {
            return "built";
        }
    }
}
