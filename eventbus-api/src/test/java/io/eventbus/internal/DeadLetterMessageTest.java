package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.GROUP;
import static io.eventbus.internal.EngineBench.TOPIC;
import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.internal.FedDelivery.Settlement;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a dead letter says of its failure, and what it keeps of the ones before. */
@Timeout(60)
class DeadLetterMessageTest {
    private static final String KEY = "key";
    private static final String TIME = "2026-01-01T00:00:00Z";
    private static final int CYCLES = 1000;

    private DeadLetter afterFailing(RuntimeException failure) {
        try (EngineBench bench = new EngineBench(builder -> builder.member("the member"))) {
            bench.handle(event -> {
                throw failure;
            });
            FedReceiver receiver = bench.start();
            assertThat(await(receiver.deliver(message("poison", KEY)).settlement()))
                    .isEqualTo(Settlement.ACCEPTED);
            return bench.bus().deadLetters().list(1).get(0);
        }
    }

    @Test
    @DisplayName("a dead letter names the member, and has the first frames and the causes without their messages")
    void stack() {
        Exception cause = new TimeoutException("with a secret");
        DeadLetter letter = afterFailing(new IllegalStateException("told to fail", cause));
        assertThat(letter.member()).isEqualTo("the member");
        assertThat(letter.replays()).isZero();
        assertThat(letter.stack())
                .startsWith("at ")
                .contains(getClass().getName() + ".stack")
                .contains("caused by " + TimeoutException.class.getName())
                .doesNotContain("secret");
    }

    @Test
    @DisplayName("a stack trace is cut to 2,000 characters, however deep it is and however its causes go round")
    void boundedStack() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second", first);
        first.initCause(second);
        StackTraceElement[] frames = new StackTraceElement[10_000];
        Arrays.fill(frames, new StackTraceElement("C".repeat(150), "m", "C.java", 1));
        first.setStackTrace(frames);
        assertThat(afterFailing(first).stack()).hasSizeBetween(1000, 2000);
    }

    @Test
    @DisplayName("an exception that cannot say what it is does not keep its event from the dead letters")
    void hostileException() {
        DeadLetter letter = afterFailing(new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalArgumentException("no message");
            }
        });
        assertThat(letter.exceptionMessage()).contains("failed");
    }

    @Test
    @DisplayName("an event that the broker does not take back with its diagnosis is stored with the essence of it")
    void tooLarge() {
        try (EngineBench bench = new EngineBench()) {
            bench.transport().answerEachSend(DeadLetterMessageTest::refuseStack);
            bench.handle(event -> {
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            assertThat(await(receiver.deliver(message("poison", KEY, Map.of("time", TIME)))
                            .settlement()))
                    .isEqualTo(Settlement.ACCEPTED);
            Message stored = bench.transport().sent().await(1).message();
            assertThat(stored.id()).isEqualTo("poison");
            assertThat(stored.attributes())
                    .containsOnlyKeys(
                            "time",
                            HeaderNames.REASON,
                            HeaderNames.ATTEMPTS,
                            HeaderNames.FIRST_FAILURE,
                            HeaderNames.LAST_FAILURE)
                    .containsEntry("time", TIME)
                    .containsEntry(HeaderNames.REASON, "ATTEMPTS_EXHAUSTED");
            assertThat(bench.bus().stats().deadLettered()).isOne();
        }
    }

    @Test
    @DisplayName("a dead letter that the broker has no room for is not shortened, but tried again")
    void full() {
        try (EngineBench bench = new EngineBench()) {
            bench.transport().answerSends(() -> failed(Kind.FULL));
            bench.handle(event -> {
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            receiver.deliver(message("poison", KEY));
            for (int i = 0; i < 3; i++) {
                assertThat(bench.transport().sent().await(i).message().attributes())
                        .containsKey(HeaderNames.STACK);
            }
        }
    }

    private static CompletionStage<Void> refuseStack(Message message) {
        return message.attributes().containsKey(HeaderNames.STACK)
                ? failed(Kind.REJECTED)
                : CompletableFuture.completedFuture(null);
    }

    private static CompletionStage<Void> failed(Kind kind) {
        return CompletableFuture.failedFuture(
                new TransportException(kind, Outcome.NOT_ACCEPTED, "told to refuse it", null));
    }

    @Test
    @DisplayName("a thousand replays that fail again leave a dead letter as large as one, which counts them")
    void thousandCycles() {
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> {
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            await(receiver.deliver(message("poison", KEY)).settlement());
            int once = 0;
            for (int i = 1; i <= CYCLES; i++) {
                assertThat(bench.bus().deadLetters().replayAll()).isOne();
                await(receiver.deliver(lastReplayed(bench)).settlement());
                once = i == 1 ? size(bench) : once;
            }
            DeadLetter letter = bench.bus().deadLetters().list(2).get(0);
            assertThat(letter.replays()).isEqualTo(CYCLES);
            assertThat(letter.attempts()).isOne();
            assertThat(bench.bus().deadLetters().count()).isOne();
            // the counter has three digits more, and times may be written with fewer or more
            assertThat(size(bench)).isBetween(once - 20, once + 20);
        }
    }

    private static Message lastReplayed(EngineBench bench) {
        var sent = bench.transport().sent().all();
        FedTransport.Sent last = sent.get(sent.size() - 1);
        assertThat(last.destination()).isEqualTo(new Destination.Inbox(new Group(TOPIC, GROUP)));
        return last.message();
    }

    private static int size(EngineBench bench) {
        StringBuilder line = new StringBuilder();
        bench.bus().deadLetters().exportTo(line::append, DeadLetterFilter.all());
        return line.length();
    }
}
