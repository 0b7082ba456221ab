package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.PublishException;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One message on its way, and what is said of how it ended. */
class PublishTest {

    private final Publish publish = new Publish(
            new Destination.Topic("orders"),
            new Message("e1", "Order", "Placed", "secret key", "r", "", Map.of(), Map.of(), new byte[0]));

    @Test
    @DisplayName("given up before it was sent, it was not accepted")
    void abandonedInQueue() {
        publish.abandon("the bus is closed");
        assertThat(failure().outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("given up after it was sent, it is not known what became of it")
    void abandonedAfterSending() {
        publish.sending(1);
        publish.abandon("no answer");
        assertThat(failure().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    @DisplayName("given up after it came back to the queue, it was not accepted")
    void abandonedAfterComingBack() {
        publish.sending(1);
        publish.unsent();
        publish.abandon("no answer");
        assertThat(failure().outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("once it was given up, it is not sent any more")
    void notSentAfterTheEnd() {
        publish.abandon("no answer");
        assertThat(publish.sending(1)).isFalse();
    }

    @Test
    @DisplayName("once it was given up, it does not come back to the queue")
    void notQueuedAfterTheEnd() {
        publish.sending(1);
        publish.abandon("no answer");
        assertThat(publish.unsent()).isFalse();
    }

    @Test
    @DisplayName("the first end counts: an answer that comes late changes nothing")
    void firstEndCounts() {
        publish.sending(1);
        publish.abandon("no answer");
        assertThat(publish.succeed()).isFalse();
        assertThat(failure().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    @DisplayName("after success nothing makes it fail")
    void successStays() {
        publish.sending(1);
        publish.succeed();
        assertThat(publish.abandon("no answer")).isFalse();
        assertThat(publish.fail(refusal(Outcome.NOT_ACCEPTED))).isFalse();
        assertThat(publish.result()).isCompleted();
    }

    @Test
    @DisplayName("a failure has the outcome that the transport tells, the event, the destination and the cause")
    void failureIsDescribed() {
        publish.sending(1);
        TransportException cause = refusal(Outcome.NOT_ACCEPTED);
        publish.fail(cause);
        assertThat(failure())
                .hasMessageStartingWith(
                        "publishing event e1 to topic orders failed: the broker says no; it was not accepted")
                .hasMessageNotContaining("secret")
                .hasCause(cause)
                .extracting(PublishException::eventId, PublishException::outcome)
                .containsExactly("e1", Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("of an unknown outcome the message says so")
    void unknownIsDescribed() {
        publish.sending(1);
        publish.fail(refusal(Outcome.UNKNOWN));
        assertThat(failure()).hasMessageContaining("may or may not be delivered");
    }

    @Test
    @DisplayName("its place is that of the last time that it was sent")
    void keepsItsPlace() {
        publish.sending(7);
        assertThat(publish.order()).isEqualTo(7);
    }

    @Test
    @DisplayName("its timer is cancelled at its end, also one that comes after that")
    void cancelsTimer() {
        CompletableFuture<Void> before = new CompletableFuture<>();
        CompletableFuture<Void> after = new CompletableFuture<>();
        publish.timeout(before);
        publish.succeed();
        publish.timeout(after);
        assertThat(before).isCancelled();
        assertThat(after).isCancelled();
    }

    private PublishException failure() {
        return (PublishException)
                publish.result().handle((done, failure) -> failure).join();
    }

    private static TransportException refusal(Outcome outcome) {
        return new TransportException(Kind.REJECTED, outcome, "the broker says no", null);
    }
}
