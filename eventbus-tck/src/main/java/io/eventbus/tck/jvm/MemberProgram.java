package io.eventbus.tck.jvm;

import io.eventbus.BrokerException;
import io.eventbus.BusError;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.Ordering;
import io.eventbus.spi.Group;
import io.eventbus.tck.Kit;
import io.eventbus.tck.RecordingHandler;
import io.eventbus.tck.Sample;
import io.eventbus.tck.history.HistoryRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A member of a group, in a JVM that may be killed at any moment: its one handler does what {@link Work} says and writes down
 * each call before and after it. Prints {@value #READY} and its time when it is ready; leaves when it reads {@value #LEAVE},
 * and is gone as if killed when its input ends.
 *
 * <p>Arguments: name of the instance, topic, group, file for the history, origin of its time, then what a {@link Settings} says,
 * then options of the bus as {@code name=value}. Environment: {@code EVENTBUS_URL}.
 */
public final class MemberProgram {

    static final String READY = "ready ";
    static final String LEAVE = "leave";

    private static final Duration BETWEEN_STARTS = Duration.ofMillis(200);

    private final List<String> arguments;
    private final Group group;
    private final HistoryRecorder recorder;

    private MemberProgram(List<String> arguments) throws IOException {
        this.arguments = arguments;
        this.group = new Group(arguments.get(1), arguments.get(2));
        this.recorder = HistoryRecorder.writingTo(Path.of(arguments.get(3)), Long.parseLong(arguments.get(4)));
    }

    /**
     * How a member differs from others.
     *
     * @param ordered whether the order of a key is to hold across members
     * @param maxDeliveries after how many deliveries an event is a dead letter; 0 for the default
     */
    public record Settings(boolean ordered, int maxDeliveries) {

        /** Neither. */
        public static final Settings DEFAULTS = new Settings(false, 0);

        List<String> toArguments() {
            return List.of(Boolean.toString(ordered), Integer.toString(maxDeliveries));
        }

        static Settings of(List<String> arguments) {
            return new Settings(Boolean.parseBoolean(arguments.get(0)), Integer.parseInt(arguments.get(1)));
        }
    }

    /**
     * Runs the program.
     *
     * @param arguments see the class
     * @throws IOException if the file cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        CompletableFuture<EventBus> started = new CompletableFuture<>();
        new Thread(() -> obey(started), "control").start();
        started.complete(new MemberProgram(List.of(arguments)).start());
        System.out.println(READY + System.nanoTime());
    }

    /** From the beginning: whoever started this JVM may be gone before there is a broker. */
    private static void obey(CompletableFuture<EventBus> started) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.equals(LEAVE)) {
                    started.join().close();
                    Runtime.getRuntime().halt(0);
                }
            }
        } catch (IOException e) {
            System.err.println("nothing can be read: " + e);
        }
        Runtime.getRuntime().halt(1);
    }

    /** Begins again while the broker is away; whoever started this JVM knows how long that may take. */
    private EventBus start() {
        while (true) {
            EventBus bus = build();
            try {
                bus.start();
                return bus;
            } catch (BrokerException e) {
                System.err.println("not started: " + e.getMessage());
                LockSupport.parkNanos(BETWEEN_STARTS.toNanos());
            }
        }
    }

    private EventBus build() {
        Settings settings = Settings.of(arguments.subList(5, 7));
        EventBusBuilder builder = EventBus.builder()
                .topic(group.topic())
                .group(group.name())
                .events(Sample.Placed.class)
                .retry(Kit.RETRY)
                .reconnectBackoff(Duration.ofMillis(20), Duration.ofMillis(500))
                .onError(MemberProgram::print);
        if (settings.ordered()) {
            builder.ordering(Ordering.KEY_ACROSS_MEMBERS);
        }
        if (settings.maxDeliveries() > 0) {
            builder.maxDeliveries(settings.maxDeliveries());
        }
        arguments.stream()
                .skip(7)
                .map(option -> option.split("=", 2))
                .forEach(option -> builder.option(option[0], option[1]));
        EventBus bus = builder.build();
        bus.subscribe(
                Sample.Placed.class,
                new RecordingHandler(recorder, arguments.get(0), group, id -> {}).around(new Work()));
        return bus;
    }

    private static void print(BusError error) {
        if (error.kind() != BusError.Kind.HANDLER_FAILED) {
            System.err.println(error);
        }
    }
}
