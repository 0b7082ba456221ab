package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.GROUP;
import static io.eventbus.internal.EngineBench.TOPIC;
import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.BusStats;
import io.eventbus.SubscriptionOptions;
import io.eventbus.internal.FedDelivery.Settlement;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are for one group and come to all, because the broker has no address for a group. */
@Timeout(60)
class InboxTest {

    private static final String KEY = "key";

    private final Arrived<String> handled = new Arrived<>();

    private static Message messageFor(String group) {
        return message("for " + group, KEY, Map.of(HeaderNames.INBOX, group));
    }

    @Test
    @DisplayName("what is for another group is accepted, and neither handled nor counted")
    void acceptsUnseen() {
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> handled.add(event.id()));
            FedReceiver receiver = bench.start();
            BusStats before = bench.bus().stats();
            FedDelivery foreign = receiver.deliver(messageFor("shipping"));
            assertThat(await(foreign.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(bench.bus().stats()).isEqualTo(before);
            await(receiver.deliver(message("fence", KEY)).settlement());
            assertThat(handled.all()).containsExactly("fence");
        }
    }

    @Test
    @DisplayName("what is for the own group is handled")
    void handlesOwn() {
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> handled.add(event.id()));
            FedReceiver receiver = bench.start();
            await(receiver.deliver(messageFor(GROUP)).settlement());
            assertThat(handled.all()).containsExactly("for " + GROUP);
        }
    }

    @Test
    @DisplayName("an ephemeral subscription takes what is for a group for nobody's business")
    void ephemeralAcceptsUnseen() {
        try (EngineBench bench = new EngineBench()) {
            bench.bus()
                    .subscribe(
                            Binding.raw(Binding.fanout()),
                            event -> handled.add(event.id()),
                            SubscriptionOptions.defaults().asEphemeral());
            FedReceiver receiver = bench.start();
            FedDelivery foreign = receiver.deliver(messageFor(GROUP));
            assertThat(await(foreign.settlement())).isEqualTo(Settlement.ACCEPTED);
            await(receiver.deliver(message("fence", KEY)).settlement());
            assertThat(handled.all()).containsExactly("fence");
            assertThat(bench.bus().stats().received()).isOne();
        }
    }

    @Test
    @DisplayName("what is replayed from the dead letters says for which group it is, and is handled there")
    void replayNamesTheGroup() {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> {
                if (failing.get()) {
                    throw new IllegalStateException("told to fail");
                }
                handled.add(event.id());
            });
            FedReceiver receiver = bench.start();
            await(receiver.deliver(message("poison", KEY)).settlement());
            failing.set(false);
            assertThat(bench.bus().deadLetters().replay("poison")).isTrue();
            FedTransport.Sent replayed = bench.transport().sent().await(1);
            assertThat(replayed.destination()).isEqualTo(new Destination.Inbox(new Group(TOPIC, GROUP)));
            assertThat(replayed.message().attributes())
                    .containsOnly(Map.entry(HeaderNames.INBOX, GROUP), Map.entry(HeaderNames.REPLAYS, "1"));
            await(receiver.deliver(replayed.message()).settlement());
            assertThat(handled.all()).containsExactly("poison");
        }
    }
}
