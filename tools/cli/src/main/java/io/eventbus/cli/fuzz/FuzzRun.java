package io.eventbus.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.BrokerException;
import io.eventbus.BusStats;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.EventBus;
import io.eventbus.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends malformed input to a topic while a group handles it, and looks for each in the group's dead letters: a batch at a
 * time, which is removed when it was found, so that any number fits into memory.
 */
public final class FuzzRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 5_000;

    /** Each waits for the broker to store a dead letter. */
    private static final int HANDLERS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String url;
    private final String topic;
    private final long seed;
    private final Consumer<FuzzVerdict> progress;

    /**
     * Each once, however often it came: a repeat after a lost session must not stand in for what is missing. Kept for the
     * whole run, since it may come as late as with the next batch; one in fourteen is handled.
     */
    private final Set<Handled> handled = ConcurrentHashMap.newKeySet();

    private long sent;
    private long deadLettered;
    private long missing;
    private long both;
    private long altered;
    private long exported;

    /** What tells one event from the others: either may have been mutated into what another has, not both. */
    private record Handled(String id, Object payload) {}

    /**
     * Sends nothing yet.
     *
     * @param url the broker's
     * @param topic a topic of its own, of letters, digits and hyphens
     * @param seed with the same one, the same is sent
     * @param progress told how it stands after each batch but the last, which the verdict is about
     */
    public FuzzRun(String url, String topic, long seed, Consumer<FuzzVerdict> progress) {
        this.url = url;
        this.topic = topic;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Sends and looks.
     *
     * @param count how much
     * @return what became of it; after a batch that was not settled in time, nothing more is sent
     * @throws IOException if the broker's client cannot send
     */
    public FuzzVerdict run(long count) throws IOException {
        try (EventBus bus = bus();
                ForeignClient client = ForeignClient.connect(url, topic)) {
            return run(bus, client, count);
        }
    }

    /** Sends through a client, and looks at a bus that {@link #bus} has made. */
    FuzzVerdict run(EventBus bus, ForeignClient client, long count) throws IOException {
        Mill mill = new Mill(seed);
        while (sent < count && missing == 0) {
            int handledBefore = handled.size();
            Map<ByteBuffer, Integer> bodies = send(client, mill, (int) Math.min(BATCH, count - sent));
            awaitSettled(bus);
            find(bus, bodies);
            long left = bodies.values().stream().mapToLong(Integer::longValue).sum();
            long unaccounted = left - (handled.size() - handledBefore);
            missing += Math.max(0, unaccounted);
            both += Math.max(0, -unaccounted);
            if (sent < count && missing == 0) {
                progress.accept(verdict(bus.stats()));
            }
        }
        return verdict(bus.stats());
    }

    /** The group's member, which handles what is well-formed. */
    EventBus bus() {
        EventBus bus = EventBus.builder()
                .url(url)
                .topic(topic)
                .group("fuzz")
                .events(Fuzzed.class)
                .retry(RetryPolicy.defaults().withMaxAttempts(1))
                .handlerConcurrency(HANDLERS)
                .maxInFlight(BATCH)
                .build();
        bus.subscribeToAllEvents(event -> handled.add(new Handled(event.id(), event.payload())));
        bus.start();
        return bus;
    }

    private Map<ByteBuffer, Integer> send(ForeignClient client, Mill mill, int size) throws IOException {
        Map<ByteBuffer, Integer> bodies = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Malformed one = mill.next();
            client.send(one);
            bodies.merge(ByteBuffer.wrap(one.body()), 1, Integer::sum);
        }
        client.flush();
        sent += size;
        return bodies;
    }

    /** Until all has ended, or nothing more happens. */
    private void awaitSettled(EventBus bus) {
        long before = -1;
        long since = System.nanoTime();
        for (long now = ended(bus.stats());
                now < sent || !isIdle(bus.stats(), () -> bus.queueInfo().backlog());
                now = ended(bus.stats())) {
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** After a lost session a repeat may have ended before what has still to come for the first time. */
    static boolean isIdle(BusStats stats, LongSupplier backlog) {
        try {
            return stats.reconnects() == 0 || (stats.inFlight() == 0 && backlog.getAsLong() == 0);
        } catch (BrokerException e) {
            return false; // it is away, and may be back before patience ends
        }
    }

    private static long ended(BusStats stats) {
        return stats.handled() + stats.deadLettered() + stats.discarded() + stats.filtered();
    }

    private void find(EventBus bus, Map<ByteBuffer, Integer> bodies) {
        Map<ByteBuffer, Integer> lines = new HashMap<>();
        bus.deadLetters().exportTo(line -> lines.merge(exportedBody(line), 1, Integer::sum), DeadLetterFilter.all());
        Set<ByteBuffer> known = Set.copyOf(bodies.keySet());
        List<DeadLetter> letters = bus.deadLetters().list(2 * BATCH);
        for (DeadLetter letter : letters) {
            ByteBuffer body = ByteBuffer.wrap(letter.event().payload().body());
            boolean inExport = takeOne(lines, body);
            if (takeOne(bodies, body)) {
                deadLettered++;
                exported += inExport ? 1 : 0;
            } else {
                altered += known.contains(body) ? 0 : 1;
            }
        }
        bus.deadLetters().purge();
    }

    private static boolean takeOne(Map<ByteBuffer, Integer> bodies, ByteBuffer body) {
        boolean known = bodies.containsKey(body);
        bodies.computeIfPresent(body, (same, times) -> times == 1 ? null : times - 1);
        return known;
    }

    private static ByteBuffer exportedBody(String line) {
        try {
            JsonNode letter = JSON.readTree(line);
            byte[] body = letter.has("body")
                    ? letter.get("body").textValue().getBytes(StandardCharsets.UTF_8)
                    : letter.get("bodyBase64").binaryValue();
            return ByteBuffer.wrap(body);
        } catch (IOException e) {
            throw new UncheckedIOException("an exported line is no JSON: " + line, e);
        }
    }

    private FuzzVerdict verdict(BusStats stats) {
        return new FuzzVerdict(
                sent,
                deadLettered,
                exported,
                handled.size(),
                missing,
                altered,
                both + Math.max(0, stats.received() - sent),
                stats.reconnects());
    }
}
