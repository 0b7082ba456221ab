package io.eventbus.cli.fuzz;

import io.eventbus.BrokerException;
import io.eventbus.BusStats;
import io.eventbus.DeadLetterFilter;
import io.eventbus.EventBus;
import io.eventbus.RetryPolicy;
import io.eventbus.cli.CommandBus;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends malformed input to a topic while a group handles it, and looks for each in the group's dead letters: a batch at a
 * time, which is removed when it was found, so that any number fits into memory.
 */
public final class FuzzRun {
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

    private SentBatch letters = SentBatch.first();
    private SentBatch lines = SentBatch.first();

    private long sent;
    private long deadLettered;
    private long missing;
    private long both;
    private long misread;
    private long altered;
    private long headersAltered;
    private @Nullable String difference;
    private long exported;

    /** What tells one event from the others: either may have been mutated into what another has, not both. */
    private record Handled(String id, Object payload) {}

    /**
     * Sends nothing yet.
     *
     * @param url the broker's
     * @param topic a topic of its own, of letters, digits and hyphens
     * @param seed with the same one, the same is sent
     * @param progress told how it stands after each batch but the last, of which {@link #run} tells
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
        batch(bus, client, mill, count);
        while (sent < count && missing == 0) {
            progress.accept(verdict(bus.stats()));
            batch(bus, client, mill, count);
        }
        return verdict(bus.stats());
    }

    private void batch(EventBus bus, ForeignClient client, Mill mill, long count) throws IOException {
        int handledBefore = handled.size();
        letters = letters.next();
        lines = lines.next();
        send(client, mill, (int) Math.min(BATCH, count - sent));
        awaitSettled(bus);
        find(bus);
        int ended = letters.found() + letters.headersAltered() + handled.size() - handledBefore;
        int unaccounted = letters.size() - ended;
        missing += Math.max(0, unaccounted);
        both += Math.max(0, -unaccounted);
        misread += misread(letters, unaccounted);
    }

    /** How many ended otherwise than in the letters, and cannot be read; what is altered or missing is counted as that. */
    static int misread(SentBatch letters, int unaccounted) {
        return Math.max(0, letters.unreadableNotFound() - letters.headersAltered() - Math.max(0, unaccounted));
    }

    /** The group's member, which handles what is well-formed. */
    EventBus bus() {
        EventBus bus = CommandBus.builder()
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

    private void send(ForeignClient client, Mill mill, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            Malformed one = mill.next();
            client.send(one);
            Expectation expectation = client.wireFormat().expect(one);
            letters.add(one.body(), expectation);
            lines.add(one.body(), expectation);
        }
        client.flush();
        sent += size;
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

    private void find(EventBus bus) {
        bus.deadLetters().exportTo(line -> lines.find(Shown.by(line)), DeadLetterFilter.all());
        bus.deadLetters().list(2 * BATCH).forEach(letter -> letters.find(Shown.by(letter)));
        bus.deadLetters().purge();
        deadLettered += letters.found();
        exported += lines.found();
        Stream.of(lines, letters).forEach(this::addAltered);
    }

    private void addAltered(SentBatch batch) {
        altered += batch.bodiesAltered();
        headersAltered += batch.headersAltered();
        difference = difference == null ? batch.difference() : difference;
    }

    private FuzzVerdict verdict(BusStats stats) {
        return new FuzzVerdict(
                sent,
                deadLettered,
                exported,
                handled.size(),
                missing,
                misread,
                altered,
                headersAltered,
                difference,
                both + Math.max(0, stats.received() - sent),
                stats.reconnects());
    }
}
