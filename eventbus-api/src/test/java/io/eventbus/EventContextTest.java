package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which event a thread is handling. */
class EventContextTest {

    private static final Event<String> OUTER = Event.of("outer");
    private static final Event<String> INNER = Event.of("inner");

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        thread.shutdownNow();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("outside a handler there is no event")
    void noneOutside() {
        assertThat(EventContext.current()).isEmpty();
    }

    @Test
    @DisplayName("inside there is one, and afterwards the one before")
    void nests() {
        List<Optional<Event<?>>> seen = new ArrayList<>();
        EventContext.run(OUTER, () -> {
            seen.add(EventContext.current());
            EventContext.run(INNER, () -> seen.add(EventContext.current()));
            seen.add(EventContext.current());
        });
        seen.add(EventContext.current());
        assertThat(seen).containsExactly(Optional.of(OUTER), Optional.of(INNER), Optional.of(OUTER), Optional.empty());
    }

    @Test
    @DisplayName("what a task throws is thrown, and the event is gone all the same")
    void endsAfterFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EventContext.run(OUTER, () -> {
                    throw new IllegalStateException("task");
                }));
        assertThat(EventContext.current()).isEmpty();
    }

    @Test
    @DisplayName("a propagating executor takes the event of the submitting thread to the task")
    void propagates() throws Exception {
        CompletableFuture<Optional<Event<?>>> seen = new CompletableFuture<>();
        Executor propagating = EventContext.propagating(thread);
        EventContext.run(OUTER, () -> propagating.execute(() -> seen.complete(EventContext.current())));
        assertThat(seen.get(10, TimeUnit.SECONDS)).contains(OUTER);
    }

    @Test
    @DisplayName("a propagating executor leaves nothing on its thread")
    void leavesNothing() throws Exception {
        Executor propagating = EventContext.propagating(thread);
        EventContext.run(OUTER, () -> propagating.execute(() -> {}));
        Future<Optional<Event<?>>> after = thread.submit(EventContext::current);
        assertThat(after.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName(
            "outside a handler, a propagating executor takes no event to the task, whatever its thread does otherwise")
    void propagatesNone() throws Exception {
        CompletableFuture<Optional<Event<?>>> seen = new CompletableFuture<>();
        Executor propagating = EventContext.propagating(task -> EventContext.run(INNER, task));
        propagating.execute(() -> seen.complete(EventContext.current()));
        assertThat(seen.get(10, TimeUnit.SECONDS)).isEmpty();
    }
}
