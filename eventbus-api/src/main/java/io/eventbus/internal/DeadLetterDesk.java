package io.eventbus.internal;

import io.eventbus.BrokerException;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterPage;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.ReplayOptions;
import io.eventbus.internal.DeadLetterPass.Letter;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The dead letters of one group. Thread-safe. */
final class DeadLetterDesk implements DeadLetters {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final Parts parts;
    private final Group group;
    private final Replay replay;

    DeadLetterDesk(Parts parts, Group group) {
        this.parts = parts;
        this.group = group;
        this.replay = parts.makeReplay(group);
    }

    @Override
    public long count() {
        return ask(this::countAll);
    }

    @Override
    public long count(DeadLetterFilter filter) {
        return filter.isAll() ? count() : visit(filter, UNLIMITED, (pass, letter) -> {});
    }

    @Override
    public DeadLetterPage list(DeadLetterFilter filter, int limit, @Nullable String mark) {
        if (limit < 1 || limit == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more, and less than the maximum");
        }
        LetterPage page = new LetterPage(limit, mark == null ? PageMark.START : PageMark.parse(mark));
        visit(filter, UNLIMITED, (pass, letter) -> page.offer(letter.content()));
        return page.page();
    }

    @Override
    public Optional<DeadLetter> find(String eventId) {
        return withFirst(eventId, (pass, letter) -> letter.content());
    }

    @Override
    public boolean replay(String eventId) {
        return withFirst(eventId, (pass, letter) -> replay(pass, letter)).isPresent();
    }

    @Override
    public boolean replayEdited(String eventId, UnaryOperator<Event<RawEvent>> edit) {
        EditedEvent edited = new EditedEvent(parts.envelopes());
        return withFirst(eventId, (pass, letter) -> {
                    Message event = edited.of(letter.message(), letter.content().event(), edit);
                    replay.run(letter.message(), event, () -> pass.remove(letter));
                    return letter;
                })
                .isPresent();
    }

    /** Looks at as many as there are now: one that fails again at once comes again at the end. */
    @Override
    public long replay(DeadLetterFilter filter, ReplayOptions options) {
        return ask(admin -> visit(admin, filter, countAll(admin), options.maxPerSecond(), (pass, letter) -> {
            if (!options.dryRun()) {
                replay(pass, letter);
            }
            options.listener().accept(letter.content());
        }));
    }

    @Override
    public long purge() {
        return ask(admin -> admin.purgeDeadLetters(group));
    }

    @Override
    public long purge(DeadLetterFilter filter) {
        return filter.isAll() ? purge() : visit(filter, UNLIMITED, DeadLetterPass::remove);
    }

    @Override
    public long exportTo(Consumer<String> lines, DeadLetterFilter filter) {
        return visit(filter, UNLIMITED, (pass, letter) -> lines.accept(DeadLetterLine.format(letter.message())));
    }

    @Override
    public long importFrom(Iterator<String> lines) {
        parts.lifecycle().requireStarted();
        Pace pace = new Pace(parts.lifecycle(), UNLIMITED);
        return new DeadLetterImport(parts.pipeline(), new Destination.DeadLetters(group), pace).run(lines);
    }

    private long countAll(TransportAdmin admin) {
        return admin.describe(group).deadLetters();
    }

    private Letter replay(DeadLetterPass pass, Letter letter) {
        Message event = DeadLetterMessage.identified(letter.message());
        replay.run(letter.message(), event, () -> pass.remove(letter));
        return letter;
    }

    /** What is done with a letter that is meant. */
    private interface Visitor {
        void visit(DeadLetterPass pass, Letter letter);
    }

    private long visit(DeadLetterFilter filter, double maxPerSecond, Visitor visitor) {
        return ask(admin -> visit(admin, filter, Long.MAX_VALUE, maxPerSecond, visitor));
    }

    /** How many were meant. */
    private long visit(
            TransportAdmin admin, DeadLetterFilter filter, long limit, double maxPerSecond, Visitor visitor) {
        Pace pace = new Pace(parts.lifecycle(), maxPerSecond);
        long visited = 0;
        try (DeadLetterPass pass = open(admin, filter, limit)) {
            for (Letter letter = pass.next(); letter != null; letter = pass.next()) {
                pace.step();
                visitor.visit(pass, letter);
                visited++;
            }
        }
        return visited;
    }

    private <T> Optional<T> withFirst(String eventId, BiFunction<DeadLetterPass, Letter, T> work) {
        DeadLetterFilter filter = DeadLetterFilter.all().withIds(List.of(eventId));
        return ask(admin -> {
            try (DeadLetterPass pass = open(admin, filter, Long.MAX_VALUE)) {
                Letter letter = pass.next();
                return letter == null ? Optional.empty() : Optional.of(work.apply(pass, letter));
            }
        });
    }

    private DeadLetterPass open(TransportAdmin admin, DeadLetterFilter filter, long limit) {
        return new DeadLetterPass(
                admin.openDeadLetters(group),
                message -> DeadLetterMessage.read(message, parts.envelopes(), group),
                new LetterFilter(filter),
                limit);
    }

    private <T> T ask(Function<TransportAdmin, T> question) {
        parts.lifecycle().requireStarted();
        try {
            return question.apply(parts.transport().admin());
        } catch (TransportException e) {
            throw new BrokerException("asking about the dead letters of " + group + " failed: " + e.getMessage(), e);
        }
    }
}
