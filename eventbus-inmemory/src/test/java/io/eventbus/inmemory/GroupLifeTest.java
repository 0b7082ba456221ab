package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.OTHER;
import static io.eventbus.inmemory.Bench.TOPIC;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.takeOne;
import static io.eventbus.inmemory.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Destination;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException.Kind;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How groups begin and end, and what of them stays. */
class GroupLifeTest {

    @Test
    @DisplayName("a durable group keeps what is sent while it has no member")
    void keepsWithoutMembers() {
        try (Bench bench = new Bench()) {
            bench.join(GROUP).close();
            bench.send("1", "2");
            assertThat(texts(take(bench.join(GROUP)))).containsExactly("1", "2");
        }
    }

    @Test
    @DisplayName("a durable group of a shared broker keeps what it has not settled although no transport is open")
    void outlivesTheTransports() {
        String url = Bench.freshUrl();
        try (Bench bench = new Bench(url, Map.of())) {
            Receiver receiver = bench.join(GROUP);
            bench.send("1", "2", "3");
            takeOne(receiver).accept();
        }
        try (Bench bench = new Bench(url, Map.of())) {
            assertThat(texts(take(bench.join(GROUP)))).containsExactly("2", "3");
        }
    }

    @Test
    @DisplayName("transports with one name share a broker, those with another do not")
    void sharesByName() {
        String url = Bench.freshUrl();
        try (Bench here = new Bench(url, Map.of());
                Bench there = new Bench(url, Map.of());
                Bench elsewhere = new Bench(Bench.freshUrl(), Map.of())) {
            Receiver receiver = there.join(GROUP);
            Receiver stranger = elsewhere.join(GROUP);
            here.send("1");
            assertThat(texts(take(receiver))).containsExactly("1");
            assertThat(take(stranger)).isEmpty();
        }
    }

    @Test
    @DisplayName("transports without a name have a broker each")
    void isPrivateWithoutName() {
        try (Bench here = new Bench();
                Bench there = new Bench()) {
            Receiver receiver = there.join(GROUP);
            here.send("1");
            assertThat(take(receiver)).isEmpty();
        }
    }

    @Test
    @DisplayName("closing a transport takes its members out of their groups and leaves other transports alone")
    void closingLeavesTheGroups() {
        String url = Bench.freshUrl();
        try (Bench gone = new Bench(url, Map.of());
                Bench here = new Bench(url, Map.of())) {
            gone.join(GROUP);
            Receiver receiver = here.join(GROUP);
            gone.transport.close();
            gone.transport.close();
            here.send("1");
            assertThat(here.describe(GROUP).members()).isOne();
            assertThat(texts(take(receiver))).containsExactly("1");
        }
    }

    @Test
    @DisplayName("a closed transport opens nothing and answers nothing")
    void closedTransportRefuses() {
        Bench bench = new Bench();
        bench.transport.close();
        Refused.by(bench.transport::openSender, Kind.UNAVAILABLE);
        Refused.by(() -> bench.join(GROUP), Kind.UNAVAILABLE);
        Refused.by(() -> bench.send("late"), Kind.UNAVAILABLE);
        Refused.by(() -> bench.describe(GROUP), Kind.UNAVAILABLE);
        Refused.by(bench.transport.admin()::ping, Kind.UNAVAILABLE);
    }

    @Test
    @DisplayName("the shared broker does not keep a closed transport in memory")
    void forgetsTheTransport() throws InterruptedException {
        String url = Bench.freshUrl();
        ReferenceQueue<Transport> cleared = new ReferenceQueue<>();
        WeakReference<Transport> transport = useAndClose(url, cleared);
        System.gc();
        assertThat(cleared.remove(10_000)).isSameAs(transport);
        try (Bench bench = new Bench(url, Map.of())) {
            assertThat(bench.describe(GROUP).backlog()).isOne();
        }
    }

    private static WeakReference<Transport> useAndClose(String url, ReferenceQueue<Transport> cleared) {
        Bench bench = new Bench(url, Map.of());
        Receiver receiver = bench.join(GROUP);
        bench.send("unsettled");
        takeOne(receiver);
        bench.close();
        return new WeakReference<>(bench.transport, cleared);
    }

    @Test
    @DisplayName("an open transport does not keep a closed receiver in memory")
    void forgetsTheReceiver() throws InterruptedException {
        try (Bench bench = new Bench()) {
            ReferenceQueue<Receiver> cleared = new ReferenceQueue<>();
            WeakReference<Receiver> receiver = joinAndLeave(bench, cleared);
            System.gc();
            assertThat(cleared.remove(10_000)).isSameAs(receiver);
        }
    }

    private static WeakReference<Receiver> joinAndLeave(Bench bench, ReferenceQueue<Receiver> cleared) {
        Receiver receiver = bench.join(GROUP);
        receiver.close();
        return new WeakReference<>(receiver, cleared);
    }

    @Test
    @DisplayName("an ephemeral group gets what is sent while it lives")
    void ephemeralReceives() {
        try (Bench bench = new Bench()) {
            Receiver receiver = bench.joinEphemeral(GROUP);
            bench.send("1");
            assertThat(texts(take(receiver))).containsExactly("1");
        }
    }

    @Test
    @DisplayName("an ephemeral group vanishes with its receiver, and its name is free")
    void ephemeralVanishes() {
        try (Bench bench = new Bench()) {
            bench.join(OTHER);
            Receiver receiver = bench.joinEphemeral(GROUP);
            bench.send("1");
            receiver.close();
            assertThat(bench.describe(GROUP).backlog()).isZero();
            Refused.by(() -> bench.sendTo(new Destination.Inbox(GROUP), "2"), Kind.REJECTED);
            assertThat(take(bench.join(GROUP))).isEmpty();
        }
    }

    @Test
    @DisplayName("closing an ephemeral receiver again does not harm a later group of that name")
    void closesEphemeralOnce() {
        try (Bench bench = new Bench()) {
            Receiver receiver = bench.joinEphemeral(GROUP);
            receiver.close();
            Receiver later = bench.joinEphemeral(GROUP);
            receiver.close();
            bench.send("1");
            assertThat(texts(take(later))).containsExactly("1");
        }
    }

    @Test
    @DisplayName("a name is either durable or ephemeral, and an ephemeral group has one member")
    void refusesToMix() {
        try (Bench bench = new Bench()) {
            bench.join(GROUP);
            bench.joinEphemeral(OTHER);
            assertThat(Refused.by(() -> bench.joinEphemeral(GROUP), Kind.CONFLICT))
                    .contains("'projections'", "'orders'", "durable");
            assertThat(Refused.by(() -> bench.join(OTHER), Kind.CONFLICT)).contains("'audit'", "ephemeral");
            assertThat(Refused.by(() -> bench.joinEphemeral(OTHER), Kind.CONFLICT))
                    .contains("one member");
        }
    }

    @Test
    @DisplayName("starting from the earliest event is refused and makes no group")
    void refusesEarliest() {
        try (Bench bench = new Bench()) {
            assertThat(Refused.by(
                            () -> bench.transport.openReceiver(
                                    Bench.spec(GROUP, StartFrom.EARLIEST, false), Bench.NONE_REVOKED),
                            Kind.REJECTED))
                    .contains("earliest");
            Refused.by(() -> bench.sendTo(new Destination.Inbox(GROUP), "1"), Kind.REJECTED);
        }
    }

    @Test
    @DisplayName("the description counts what is not settled, in flight or not, the members and the dead letters")
    void describes() {
        try (Bench bench = new Bench()) {
            List<Receiver> receivers = List.of(bench.join(GROUP), bench.join(GROUP));
            bench.send("1", "2", "3");
            bench.sendTo(new Destination.DeadLetters(GROUP), "dead");
            take(receivers.get(0)).get(0).accept();
            assertThat(bench.describe(GROUP)).isEqualTo(new GroupInfo(TOPIC + ".projections", 2, 2, 1));
        }
    }

    @Test
    @DisplayName("a group that does not exist is described by zeros")
    void describesNothing() {
        try (Bench bench = new Bench()) {
            assertThat(bench.describe(GROUP)).isEqualTo(new GroupInfo(TOPIC + ".projections", 0, 0, 0));
        }
    }
}
