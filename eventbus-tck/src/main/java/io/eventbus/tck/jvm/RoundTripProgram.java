package io.eventbus.tck.jvm;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Publishes an event and handles it, and says from which modules the bus and the transports came.
 *
 * <p>Arguments: topic, group, then options as {@code name=value}. Environment: {@code EVENTBUS_URL}.
 */
public final class RoundTripProgram {

    /** What it prints when the event was handled as it was published. */
    public static final String HANDLED = "handled as published";

    /** What precedes the module of the bus, and that of each transport; {@code unnamed module} for one from the class path. */
    public static final String MODULE = "module: ";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RoundTripProgram() {}

    /**
     * Runs the program.
     *
     * @param arguments see the class
     * @throws Exception if the event does not come
     */
    public static void main(String[] arguments) throws Exception {
        System.out.println(MODULE + EventBus.class.getModule());
        ServiceLoader.load(TransportProvider.class).stream()
                .forEach(provider -> System.out.println(MODULE + provider.type().getModule()));
        EventBusBuilder builder = EventBus.builder()
                .topic(arguments[0])
                .group(arguments[1])
                .events(Sample.Placed.class)
                .openTimeout(ChildJvm.opening());
        Arrays.stream(arguments)
                .skip(2)
                .map(option -> option.split("=", 2))
                .forEach(option -> builder.option(option[0], option[1]));
        Sample.Placed published = new Sample.Placed("key", 1, "Grüße");
        CompletableFuture<Sample.Placed> handled = new CompletableFuture<>();
        try (EventBus bus = builder.build()) {
            bus.subscribe(Sample.Placed.class, event -> handled.complete(event.payload()));
            bus.start();
            bus.publish(published);
            if (handled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).equals(published)) {
                System.out.println(HANDLED);
            }
        }
    }
}
