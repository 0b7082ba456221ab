package io.eventbus.tck.jvm;

import io.eventbus.BusError;
import io.eventbus.DeadLetter;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.RawEvent;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.spi.Destination;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Await;
import io.eventbus.tck.Sample;
import io.eventbus.tck.fault.ExtraOptionsProvider;
import io.eventbus.tck.fault.FaultyProvider;
import io.eventbus.tck.fault.TransportFaults;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses a bus in success and failure, and prints whatever it throws, reports or shows of itself; what is logged comes to the same
 * output.
 *
 * <p>Arguments: topic, group, a secret that goes into options, then options of the bus as {@code name=value}, then URLs with
 * which a bus cannot start. Environment: {@code EVENTBUS_URL}.
 */
public final class SecretsProgram {

    /** What is in its output when it has come to its end, and all that can be logged was printed. */
    public static final List<String> SIGNS =
            List.of("all was shown", "WARN io.eventbus", "the JDK's finest is printed", "SLF4J's finest is printed");

    private static final Await AWAIT = Await.atMost(Duration.ofSeconds(30));
    private static final int GOOD = 1;
    private static final int BAD = 2;

    private final String url = System.getenv("EVENTBUS_URL");
    private final String topic;
    private final String group;
    private final String secret;
    private final List<String> options;
    private final TransportProvider provider;
    private final TransportFaults faults = new TransportFaults();

    private SecretsProgram(List<String> arguments) {
        topic = arguments.get(0);
        group = arguments.get(1);
        secret = arguments.get(2);
        options = arguments.stream()
                .skip(3)
                .filter(argument -> !argument.contains("://"))
                .toList();
        String scheme = URI.create(url).getScheme();
        provider = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.schemes().contains(scheme))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Runs the program.
     *
     * @param arguments see the class
     */
    public static void main(String[] arguments) {
        logEverything();
        SecretsProgram program = new SecretsProgram(List.of(arguments));
        program.refuse();
        for (String argument : arguments) {
            if (argument.contains("://")) {
                program.failToStart(argument);
            }
        }
        program.use();
        System.out.println("all was shown");
    }

    /** What goes to the JDK's loggers is printed too; what SLF4J's print is chosen on the command line. */
    private static void logEverything() {
        Logger root = Logger.getLogger("");
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        Logger.getLogger("io.eventbus.tck").finest("the JDK's finest is printed");
        LoggerFactory.getLogger("io.eventbus.tck").trace("SLF4J's finest is printed");
    }

    private void refuse() {
        show(() -> builder().option(provider.name() + ".nosuch", secret).build());
        show(() -> builder()
                .url(url + (url.contains("?") ? "&" : "?") + "nosuch=" + secret)
                .build());
        provider.options()
                .forEach(option ->
                        show(() -> builder().option(option.name(), secret).build()));
    }

    private void failToStart(String badUrl) {
        EventBus bus = builder().url(badUrl).openTimeout(Duration.ofSeconds(5)).build();
        bus.subscribe(Sample.Placed.class, event -> {});
        show(bus::start);
        show(bus.health());
        show(bus);
    }

    private void use() {
        EventBus bus = builder().build();
        Subscription subscription = bus.subscribe(Sample.Placed.class, event -> {
            if (event.payload().number() == BAD) {
                throw new IllegalStateException("this handler fails", new IllegalArgumentException("on purpose"));
            }
        });
        bus.start();
        bus.publish(Sample.placed("key", GOOD));
        failToPublish(bus);
        bus.publish(Sample.placed("key", BAD));
        bus.publish(new RawEvent("Order", "Placed", "key", "", "no JSON".getBytes(StandardCharsets.UTF_8)));
        AWAIT.until("two dead letters", () -> bus.deadLetters().count() == 2);
        loseSession(bus);
        bus.deadLetters().list(10).forEach(SecretsProgram::show);
        bus.deadLetters().list(10).stream()
                .map(DeadLetter::event)
                .forEach(event -> show(event.metadata() + " " + event.payload()));
        List.of(bus, subscription, bus.stats(), bus.health(), bus.queueInfo(), bus.capabilities())
                .forEach(SecretsProgram::show);
        bus.close();
        show(() -> bus.publish(Sample.placed("key", GOOD)));
        show(bus.health());
    }

    private void failToPublish(EventBus bus) {
        show(() -> bus.publish("not registered"));
        show(() -> bus.publish(List.of("not registered", Sample.placed("key", GOOD))));
        faults.refuseSends(Destination.Topic.class::isInstance);
        show(() -> bus.publish(Sample.placed("key", GOOD)));
        faults.acceptSends();
    }

    private void loseSession(EventBus bus) {
        long handled = bus.stats().handled();
        faults.failNextPoll(new IllegalStateException("this poll fails"));
        bus.publish(Sample.placed("key", GOOD));
        AWAIT.until("the event after the failed poll", () -> bus.stats().handled() > handled);
    }

    private EventBusBuilder builder() {
        EventBusBuilder builder = EventBus.builder()
                .transport(new FaultyProvider(new ExtraOptionsProvider(provider, "secret"), faults))
                .topic(topic)
                .group(group)
                .events(Sample.Placed.class)
                .openTimeout(ChildJvm.opening())
                .retry(RetryPolicy.none())
                .reconnectBackoff(Duration.ofMillis(20), Duration.ofMillis(100))
                .onError(SecretsProgram::show)
                .option(provider.name() + ".secret", secret);
        options.stream().map(option -> option.split("=", 2)).forEach(option -> builder.option(option[0], option[1]));
        return builder;
    }

    private static void show(BusError error) {
        show((Object) error);
        if (error.cause() != null) {
            error.cause().printStackTrace(System.out);
        }
    }

    private static void show(Object anything) {
        System.out.println("SHOWN " + anything);
    }

    private static void show(Runnable failing) {
        try {
            failing.run();
            show("no failure");
        } catch (RuntimeException e) {
            show((Object) e);
            e.printStackTrace(System.out);
        }
    }
}
