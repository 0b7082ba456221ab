package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.awaitParked;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Destination;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for the thread that sends. */
@Timeout(60)
class SendQueueTest {

    private final SendQueue queue = new SendQueue();
    private final Publish first = publish("first");
    private final Publish second = publish("second");

    private static Publish publish(String id) {
        return new Publish(new Destination.Topic("orders"), message(id, "key"));
    }

    @Test
    @DisplayName("what is new comes in the order in which it was added")
    void inOrder() {
        queue.add(first);
        queue.add(second);
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.poll()).isSameAs(second);
        assertThat(queue.poll()).isNull();
    }

    @Test
    @DisplayName("what came back comes in the order in which it was sent, apart from what is new")
    void returnedInOrder() {
        first.sending(1);
        second.sending(2);
        queue.addReturned(second);
        queue.addReturned(first);
        assertThat(queue.poll()).isNull();
        assertThat(queue.takeReturned()).containsExactly(first, second);
        assertThat(queue.takeReturned()).isEmpty();
    }

    @Test
    @DisplayName("what is removed is not held any more, new or come back")
    void removed() {
        queue.add(first);
        queue.addReturned(second);
        queue.remove(first);
        queue.remove(second);
        assertThat(queue.takeAll()).isEmpty();
    }

    @Test
    @DisplayName("what has ended before it is added is not held")
    void endedBefore() {
        first.abandon("no answer");
        second.abandon("no answer");
        queue.add(first);
        queue.addReturned(second);
        assertThat(queue.takeAll()).isEmpty();
    }

    @Test
    @DisplayName("what is woken before it waits does not wait, once")
    void wokenBefore() throws InterruptedException {
        queue.wake();
        assertThat(queue.await(EngineBench.LONG)).isNull();
        assertThat(queue.await(Duration.ZERO)).isNull();
    }

    @Test
    @DisplayName("something new ends the wait for it")
    void endsWait() {
        CompletableFuture<Optional<Publish>> taken = new CompletableFuture<>();
        Thread taker = new Thread(() -> {
            try {
                taken.complete(Optional.ofNullable(queue.await(EngineBench.LONG)));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        taker.start();
        awaitParked(taker);
        queue.add(first);
        assertThat(EngineBench.await(taken)).contains(first);
    }
}
