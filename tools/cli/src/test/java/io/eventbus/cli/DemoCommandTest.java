package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemoCommandTest {
    private final TestConsole console = new TestConsole();

    @Test
    @DisplayName("the four demos run one after the other to their end")
    void fourDemos() {
        assertThat(console.run("demo", "--url", "memory:")).isZero();
        assertThat(console.err()).isEmpty();
        assertThat(console.outLines())
                .containsSubsequence(
                        "eventbus demo on memory:demo",
                        "Demo 1: Basic Publish/Subscribe",
                        "Demo 2: Exchange Types and Routing",
                        "Demo 3: Consumer Groups and Load Balancing",
                        "Demo 4: Integration with Projections",
                        "eventbus demo complete!");
    }

    @Test
    @Timeout(180)
    @DisplayName("the demos run on a broker that is started for them")
    void startedBroker() {
        assertThat(console.run("demo", "--broker", "redis")).as(console.err()).isZero();
        assertThat(console.err()).contains("usable after");
        assertThat(console.outLines())
                .contains("eventbus demo complete!")
                .noneMatch("eventbus demo on memory:demo"::equals);
    }

    @Test
    @DisplayName("the basic demo receives its event")
    void basic() {
        assertThat(lines()).containsSubsequence("Connected", "  Received: OrderPlaced", "Received 1 event(s)");
    }

    @Test
    @DisplayName("the routing demo shows what each way of selecting got")
    void routing() {
        assertThat(lines())
                .contains(
                        "  TOPIC    Order.*                      got 1, 3",
                        "  TOPIC    Order.#                      got 1, 3, 4",
                        "  TOPIC    *.OrderPlaced                got 1",
                        "  DIRECT   Payment.PaymentReceived      got 2",
                        "  FANOUT   everything                   got 1, 2, 3, 4",
                        "  HEADERS  region=eu and priority=high  got 1",
                        "  HEADERS  region=us or priority=high   got 1, 2, 4");
    }

    @Test
    @DisplayName("two workers share ten events")
    void consumerGroups() {
        List<String> lines = lines();
        assertThat(lines)
                .containsSubsequence(
                        "  Worker 1 processed: 5 events", "  Worker 2 processed: 5 events", "  Total: 10 events");
        assertThat(lines.stream().filter(line -> line.matches("  Worker [12] processed: .*-.*")))
                .hasSize(10)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("the projection and the audit log have both events")
    void projections() {
        assertThat(lines())
                .containsSubsequence(
                        "  [Stats] Order placed: $499.99",
                        "  [Stats] Order shipped: TRACK-12345",
                        "  Total orders: 1",
                        "  Total revenue: $499.99",
                        "  Shipped count: 1",
                        "Audit log entries: 2");
    }

    private List<String> lines() {
        console.run("demo", "--url", "memory:" + UUID.randomUUID());
        return console.outLines();
    }
}
