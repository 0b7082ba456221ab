package io.eventbus.tck.jvm;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.tck.Sample;
import java.util.concurrent.locks.LockSupport;

/**
 * Handles {@link Sample.Placed} as a member of a group, each for a while, and publishes a {@link Sample.Shipped} of the same key
 * and number at the end of it. Never ends by itself; closes its bus when the JVM goes down.
 *
 * <p>Arguments: topic, group, how long an event takes in ns, then options as {@code name=value}. Environment: {@code EVENTBUS_URL}.
 */
public final class ServiceProgram {

    private ServiceProgram() {}

    /**
     * Runs the program.
     *
     * @param arguments see the class
     */
    public static void main(String[] arguments) {
        EventBusBuilder builder = EventBus.builder()
                .topic(arguments[0])
                .group(arguments[1])
                .events(Sample.Placed.class, Sample.Shipped.class)
                .openTimeout(ChildJvm.opening())
                .closeOnJvmShutdown();
        long work = Long.parseLong(arguments[2]);
        for (int i = 3; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            builder.option(option[0], option[1]);
        }
        EventBus bus = builder.build();
        bus.subscribe(Sample.Placed.class, event -> {
            LockSupport.parkNanos(work);
            bus.publish(
                    new Sample.Shipped(event.payload().order(), event.payload().number()));
        });
        bus.start();
    }
}
