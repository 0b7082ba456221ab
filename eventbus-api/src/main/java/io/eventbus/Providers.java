package io.eventbus;

import io.eventbus.spi.TransportProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The transports on the class path or module path. */
final class Providers {
    private final List<TransportProvider> found;

    private Providers(List<TransportProvider> found) {
        this.found = found;
    }

    /** Looks with the thread's context class loader, if it has one, and with that of the bus. */
    static Providers discover() {
        Map<Class<?>, TransportProvider> byClass = new LinkedHashMap<>();
        load(Thread.currentThread().getContextClassLoader(), byClass);
        load(EventBus.class.getClassLoader(), byClass);
        return new Providers(List.copyOf(byClass.values()));
    }

    static Providers of(TransportProvider only) {
        return new Providers(List.of(only));
    }

    /** The provider for a scheme. */
    TransportProvider forScheme(String scheme) {
        return one(provider -> provider.schemes().contains(scheme), "for the scheme " + scheme);
    }

    /** The provider when there is no URL to choose by. */
    TransportProvider only() {
        return one(
                provider -> true,
                "on the class path to choose from, and no URL (builder url, or EVENTBUS_URL) to choose by");
    }

    private TransportProvider one(Predicate<TransportProvider> wanted, String what) {
        requireDistinctNames();
        List<TransportProvider> fitting = found.stream().filter(wanted).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String count = fitting.isEmpty() ? "no transport" : fitting.size() + " transports";
        String remedy = fitting.isEmpty() && !found.isEmpty()
                ? "take a URL with a scheme of one of these, or put a transport that has this one on the class path"
                : "have exactly one on the class path: eventbus-inmemory, eventbus-rabbitmq, eventbus-redis, eventbus-kafka, or"
                        + " another that fits";
        String all = describe(fitting.isEmpty() ? Providers::schemes : Providers::schemesAndClass);
        throw new ConfigurationException(List.of(count + " " + what + "; found " + all + "; " + remedy));
    }

    private void requireDistinctNames() {
        found.stream().collect(Collectors.groupingBy(TransportProvider::name)).forEach((name, same) -> {
            if (same.size() > 1) {
                throw new ConfigurationException(List.of("two transports are called " + name + ": "
                        + same.get(0).getClass().getName() + " and "
                        + same.get(1).getClass().getName() + "; remove one from the class path"));
            }
        });
    }

    private String describe(Function<TransportProvider, String> description) {
        return found.isEmpty()
                ? "none"
                : found.stream().map(description).sorted().collect(Collectors.joining(", "));
    }

    /** For whoever needs another URL. */
    private static String schemes(TransportProvider provider) {
        return provider.name() + " (" + String.join(", ", new TreeSet<>(provider.schemes())) + ")";
    }

    /** For whoever has to find out which is one too many. */
    private static String schemesAndClass(TransportProvider provider) {
        return schemes(provider) + " of " + provider.getClass().getName();
    }

    private static void load(@Nullable ClassLoader loader, Map<Class<?>, TransportProvider> target) {
        if (loader == null) {
            return;
        }
        List<TransportProvider> loaded = new ArrayList<>();
        try {
            ServiceLoader.load(TransportProvider.class, loader).forEach(loaded::add);
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException(List.of("a transport cannot be loaded: " + e.getMessage()));
        }
        loaded.forEach(provider -> target.putIfAbsent(provider.getClass(), provider));
    }
}
