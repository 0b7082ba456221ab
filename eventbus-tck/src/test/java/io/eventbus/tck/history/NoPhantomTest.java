package io.eventbus.tck.history;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoPhantomTest extends CheckerTest {

    @Test
    @DisplayName("An event may be handled before its publish has returned, or with unknown outcome")
    void publishedInSomeWay() {
        assertSound("""
                A  ready     g
                P  publish   e1 k1
                A  handle    e1 g
                P  accepted  e1
                P  publish   e2 k2
                P  unknown   e2
                A  handle    e2 g
                P  publish   e3 k3
                A  handle    e3 g
                """);
    }

    @Test
    @DisplayName("An event that nobody published is a phantom")
    void neverPublished() {
        assertViolated(Check.NO_PHANTOM, """
                A  ready   g
                A  handle  e1 g
                """, "A handle e1 g");
    }

    @Test
    @DisplayName("An event handled before it was published is a phantom")
    void handledBeforePublished() {
        assertViolated(Check.NO_PHANTOM, """
                A  start   e1 g
                P  sent    e1
                A  ok      e1 g
                """, "A start e1 g");
    }

    @Test
    @DisplayName("An event that came with other content is a phantom")
    void otherContent() {
        assertViolated(Check.NO_PHANTOM, """
                P  sent    e1/x
                A  handle  e1/y g
                """, "P sent e1/x", "A handle e1/y g");
    }

    @Test
    @DisplayName("An event in a group of another topic is a phantom")
    void otherTopic() {
        assertViolated(Check.NO_PHANTOM, """
                P  sent    U:e1
                A  handle  e1 g
                """, "P sent U:e1", "A handle e1 g");
    }

    @Test
    @DisplayName("A refused event that is handled is a phantom, whichever came first")
    void refused() {
        assertViolated(Check.NO_PHANTOM, """
                P  publish  e1
                A  handle   e1 g
                P  refused  e1
                """, "P publish e1", "A handle e1 g", "P refused e1");
    }

    @Test
    @DisplayName("An event refused at first and accepted when tried again is no phantom")
    void refusedThenAccepted() {
        assertSound("""
                P  publish  e1
                P  refused  e1
                P  sent     e1
                A  handle   e1 g
                """);
    }

    @Test
    @DisplayName("A failed handling of an unpublished event is a phantom too")
    void failedHandling() {
        assertViolated(Check.NO_PHANTOM, """
                A  start  e1 g
                A  fail   e1 g
                """, "A start e1 g");
    }

    @Test
    @DisplayName("An event that came with another key is a phantom")
    void otherKey() {
        assertViolated(Check.NO_PHANTOM, """
                P  sent    e1 k1
                A  handle  e1@k2 g
                """, "P sent e1 k1", "A handle e1@k2 g");
    }

    @Test
    @DisplayName("Content is compared only where both sides recorded it")
    void contentNotRecorded() {
        assertSound("""
                P  sent    e1/
                P  sent    e2/x
                A  handle  e1/x g
                A  handle  e2/ g
                """);
    }
}
