package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.RawEvent;
import io.eventbus.RetryPolicy;
import io.eventbus.SubscriptionOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A group whose one member fails everything until it is told to succeed. */
final class FailingGroup implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Event<RawEvent>> handled = new LinkedBlockingQueue<>();
    private final EventBus bus;
    private volatile boolean failing = true;
    private @Nullable Event<RawEvent> last;

    FailingGroup(String url, String topic, String group) {
        bus = EventBus.builder()
                .url(url)
                .topic(topic)
                .group(group)
                .member("the member")
                .handlerConcurrency(1)
                .retry(RetryPolicy.defaults().withMaxAttempts(1))
                .build();
        bus.subscribe(Binding.raw(Binding.fanout()), this::handle, SubscriptionOptions.defaults());
        bus.start();
    }

    /** The arguments of a command about a group's dead letters. */
    static String[] command(String url, String topic, String group, String command, String... options) {
        return Stream.concat(
                        Stream.of("dlq", command, "--url", url, "--topic", topic, "--group", group),
                        Arrays.stream(options))
                .toArray(String[]::new);
    }

    private void handle(Event<RawEvent> event) {
        if (failing) {
            throw new IllegalStateException("told to fail");
        }
        handled.add(event);
    }

    /** Publishes events with these ids, which are also their payloads in JSON, and returns when they are dead letters. */
    void bury(String... ids) throws InterruptedException {
        for (String id : ids) {
            byte[] body = ("\"" + id + "\"").getBytes(UTF_8);
            bus.publish(Event.of(new RawEvent("A", "T", "k", "application/json", body))
                    .withId(id));
        }
        await(() ->
                bus.stats().deadLettered() >= ids.length && bus.deadLetters().count() >= ids.length);
    }

    /** Returns when it has so many dead letters. */
    void awaitLetters(long count) throws InterruptedException {
        await(() -> bus.deadLetters().count() == count);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for the dead letters").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    void succeed() {
        failing = false;
    }

    /** The ids of the next events that were handled with success. */
    List<String> handled(int count) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        while (ids.size() < count) {
            last = handled.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(last).as("a handled event").isNotNull();
            ids.add(last.id());
        }
        return ids;
    }

    /** The last of those. */
    Event<RawEvent> lastHandled() {
        assertThat(last).isNotNull();
        return last;
    }

    /** The ids of its dead letters. */
    List<String> ids() {
        return bus.deadLetters().list(1000).stream()
                .map(letter -> letter.event().id())
                .toList();
    }

    @Override
    public void close() {
        bus.close();
    }
}
