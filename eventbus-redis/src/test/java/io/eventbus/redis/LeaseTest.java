package io.eventbus.redis;

import static io.eventbus.redis.Fixture.HALF_LEASE;
import static io.eventbus.redis.Fixture.LEASE;
import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.lookAround;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.pollFor;
import static io.eventbus.redis.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Transport;
import io.eventbus.tck.Await;
import io.eventbus.tck.net.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

/**
 * Whom a delivery belongs to, and when it changes hands. The tests wait for leases, so they do it side by side. Most have Redis
 * believe that time has passed: a lease that is so short that it ends while a test runs also ends while a busy machine lets nobody
 * renew it, and an answer may take two thirds of it.
 */
class LeaseTest {

    /** For tests of what does not wait for its end. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(30);

    /** For tests in which it passes. Thrice what a busy machine may take for anything. */
    private static final Duration PASSING_LEASE = Duration.ofSeconds(9);

    private static final Await PATIENTLY = Await.atMost(LEASE.multipliedBy(3));

    private Map<String, String> options;
    private Fixture fixture;

    @BeforeEach
    void open() {
        open(LEASE);
    }

    private void open(Duration lease) {
        options = Map.of("redis.lease", lease.toMillis() + "ms");
        fixture = new Fixture(options);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @SideBySideTest
    @DisplayName("what a living member holds for longer than the lease stays its own, whether it has room or not")
    void slowHandler() throws Exception {
        Receiver slow = fixture.receiver("slow");
        Receiver other = fixture.receiver("other");
        fixture.send(1, 3);
        List<Delivery> held = receive(slow, 3);
        for (int round = 0; round < 6; round++) {
            age(HALF_LEASE);
            assertThat(slow.poll(round / 2 % 2 * 10, Duration.ofSeconds(1))).isEmpty();
            assertThat(other.poll(10, Duration.ofMillis(10))).isEmpty();
        }
        held.forEach(Delivery::accept);
        slow.close();

        assertThat(silences()).isEmpty();
        assertThat(lookAround(other)).isEmpty();
        assertThat(fixture.revoked).isEmpty();
    }

    @SideBySideTest
    @DisplayName("what a member holds stays its own also while one poll goes on for longer than the lease")
    void longPoll() throws Exception {
        Receiver slow = fixture.receiver("slow");
        Receiver other = fixture.receiver("other");
        fixture.send(1, 1);
        receive(slow, 1);
        CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> slow.poll(0, Duration.ofMinutes(5)));
        for (int round = 0; round < 4; round++) {
            age(HALF_LEASE);
            PATIENTLY.until("a renewal", () -> silences().get(0) < HALF_LEASE.toMillis());
            assertThat(lookAround(other)).isEmpty();
        }

        assertThat(poll).isNotDone();
        slow.wakeup();
        assertThat(poll.get(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
        assertThat(fixture.revoked).isEmpty();
    }

    @SideBySideTest
    @DisplayName(
            "what is held is renewed before a slow arrival when much of its lease is over, and again with what arrived")
    void renewedBeforeSlowArrival() throws Exception {
        try (TcpProxy proxy = TcpProxy.start(fixture.broker.host(), fixture.broker.port())) {
            Receiver receiver = holdsOneAndReads(proxy);
            proxy.throttle(100_000);
            sendLarge();
            PATIENTLY.until(
                    "the end of a third of the lease",
                    () -> silences().get(0) > LEASE.dividedBy(3).toMillis());
            AtomicLong last = new AtomicLong(silences().get(0));
            CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, Fixture.PATIENCE));
            awaitRenewal(poll, last);
            proxy.heal();

            assertThat(ids(poll.get(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS)))
                    .containsExactly("large");
            List<Long> silences = silences();
            assertThat(silences).hasSize(2);
            assertThat(silences.get(0))
                    .as("so that it is the first to be taken over")
                    .isGreaterThanOrEqualTo(silences.get(1));
        }
    }

    @SideBySideTest
    @DisplayName("what is held is renewed before a slow arrival also when all before it in the same poll was slow")
    void renewedAfterSlowAnswers() throws Exception {
        try (TcpProxy proxy = TcpProxy.start(fixture.broker.host(), fixture.broker.port())) {
            Receiver receiver = holdsOneAndReads(proxy);
            proxy.delay(LEASE.dividedBy(5)); // there and back: more than a third of the lease
            AtomicLong last = new AtomicLong(silences().get(0));
            CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, LEASE.multipliedBy(3)));
            sendLarge(); // begins to arrive before the first answer
            awaitRenewal(poll, last);
            awaitRenewal(poll, last);
            proxy.heal();

            assertThat(ids(poll.get(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS)))
                    .containsExactly("large");
        }
    }

    /** A member that holds one entry and has a read waiting at Redis. */
    private Receiver holdsOneAndReads(TcpProxy proxy) throws Exception {
        URI url = Fixture.url("", proxy.host(), proxy.port());
        Transport through = fixture.closing(Fixture.transport(url, options, Fixture.PATIENCE));
        Receiver receiver = fixture.receiver(through, Fixture.spec(fixture.group, "m", false));
        fixture.send(1, 1);
        receive(receiver, 1);
        receiver.poll(1, Duration.ofMillis(10));
        return receiver;
    }

    private void sendLarge() throws Exception {
        RedisSenderTest.sendNow(
                fixture.sender(),
                new Destination.Topic(fixture.topic),
                new Message("large", "", "", null, "", "", Map.of(), Map.of(), new byte[8 * 1024 * 1024]));
    }

    /** Until Redis has not heard of the first entry for less long than when it was last asked, or the poll has ended. */
    private void awaitRenewal(CompletableFuture<?> poll, AtomicLong last) {
        PATIENTLY.until("a renewal", () -> {
            long silence = silences().get(0);
            return poll.isDone() || silence < last.getAndSet(silence);
        });
    }

    private List<Long> silences() {
        return Fixture.silences(fixture.broker, fixture.key);
    }

    private void age(Duration by) {
        Fixture.age(fixture.broker, fixture.key, by);
    }

    @SideBySideTest
    @DisplayName("a member without room that holds nothing is still seen as a member")
    void seenWithoutRoom() throws Exception {
        close();
        open(PASSING_LEASE);
        Receiver paused = fixture.receiver("paused");
        pollFor(paused, 0, PASSING_LEASE.plus(GroupCommands.READ_WAIT).plusSeconds(1));
        fixture.receiver("other");

        assertThat(fixture.transport.admin().describe(fixture.group).members()).isEqualTo(1); // the other never polls
    }

    @SideBySideTest
    @DisplayName("what has arrived at a member without room stays its own too")
    void arrivedWithoutRoom() throws Exception {
        Receiver full = fixture.receiver("full");
        Receiver other = fixture.receiver("other");
        full.poll(10, Duration.ofMillis(10)); // leaves a read waiting at Redis
        fixture.send(1, 1);
        PATIENTLY.until("the arrival", () -> silences().size() == 1);
        for (int round = 0; round < 4; round++) {
            age(HALF_LEASE);
            assertThat(full.poll(0, Duration.ofSeconds(1))).isEmpty();
            assertThat(other.poll(10, Duration.ofMillis(10))).isEmpty();
        }

        assertThat(ids(receive(full, 1))).isEqualTo(numbered(1, 1));
    }

    @SideBySideTest
    @DisplayName(
            "what a dead member had goes to another when its lease has ended, in order, and counted as delivered again")
    void deadMember() throws Exception {
        Transport process = Fixture.transport(fixture.broker.url(), options, Fixture.PATIENCE);
        Receiver dying = fixture.receiver(process, Fixture.spec(fixture.group, "dying", false));
        fixture.send(1, 10);
        receive(dying, 10);
        Receiver other = fixture.receiver("other");
        for (int round = 0; round < 10; round++) { // until it has seen that the other lives
            dying.poll(0, Duration.ofMillis(100));
            assertThat(other.poll(10, Duration.ofMillis(100))).isEmpty();
        }
        process.close();
        age(LEASE);

        List<Delivery> taken = receive(other, 10);
        assertThat(ids(taken)).isEqualTo(numbered(1, 10));
        assertThat(taken).extracting(Delivery::deliveryCount).containsOnly(2);
    }

    @SideBySideTest
    @DisplayName("what was handed back comes together as far as nothing is between it that a member may have died of")
    void takenOverInParts() throws Exception {
        dies("dead", 4);
        String second = firstIds(2).split(" ", -1)[1];
        fixture.cli("EVAL", """
                for _, entry in ipairs(redis.call('XPENDING', KEYS[1], 'g', '-', '+', 10)) do
                  if entry[1] ~= ARGV[1] then
                    redis.call('XCLAIM', KEYS[1], 'g', 'dead', 0, entry[1], 'RETRYCOUNT', 0, 'JUSTID')
                  end
                end
                """, "1", fixture.key, second);
        age(LEASE);
        Receiver next = fixture.receiver("next");

        assertThat(ids(nextOf(next))).isEqualTo(numbered(1, 1));
        assertThat(ids(nextOf(next))).isEqualTo(numbered(2, 2));
        assertThat(ids(nextOf(next))).isEqualTo(numbered(3, 4));
    }

    @SideBySideTest
    @DisplayName("what a member may have died of comes to another alone")
    void takenOverAlone() throws Exception {
        dies("dead", 10);
        age(LEASE);

        assertThat(ids(nextOf(fixture.receiver("next")))).isEqualTo(numbered(1, 1));
    }

    /** What the first poll brings that brings anything: while a member joins, not each one does. */
    private static List<Delivery> nextOf(Receiver receiver) {
        return IntStream.range(0, 100)
                .mapToObj(poll -> receiver.poll(10, Duration.ofMillis(300)))
                .filter(deliveries -> !deliveries.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @SideBySideTest
    @DisplayName("a member that takes a dead one's place reads nothing new before it has what that one had")
    void orderAfterDeath() throws Exception {
        dies("dead", 10);
        fixture.send(11, 20);
        Receiver next = fixture.receiver("next");

        assertThat(lookAround(next)).isEmpty();
        age(LEASE);
        assertThat(ids(receive(next, 20))).isEqualTo(numbered(1, 20));
    }

    @SideBySideTest
    @DisplayName("what a dead member had comes in order also when its leases end in no order")
    void orderOfLeases() throws Exception {
        dies("dead", 10);
        // As if the first half had been heard of a lease later than the rest.
        fixture.cli(("XCLAIM " + fixture.key + " g dead 0 " + firstIds(5) + " IDLE 0 JUSTID").split(" ", -1));
        fixture.cli(("XCLAIM " + fixture.key + " g dead 0 " + lastIds(5) + " IDLE " + LEASE.toMillis() + " JUSTID")
                .split(" ", -1));
        fixture.send(11, 12);
        Receiver next = fixture.receiver("next");

        assertThat(lookAround(next)).isEmpty();
        age(LEASE);
        assertThat(ids(receive(next, 12))).isEqualTo(numbered(1, 12));
    }

    private String firstIds(int count) {
        return entryIds("XRANGE", "-", "+", count);
    }

    private String lastIds(int count) {
        return entryIds("XREVRANGE", "+", "-", count);
    }

    private String entryIds(String command, String from, String to, int count) {
        return fixture.cli(command, fixture.key, from, to, "COUNT", Integer.toString(count))
                .lines()
                .filter(line -> line.matches("\\d+-\\d+"))
                .collect(Collectors.joining(" "));
    }

    @SideBySideTest
    @DisplayName("a member that comes back takes up what it had at once and in order, before anything new")
    void sameName() throws Exception {
        close();
        open(LONG_LEASE);
        dies("same", 10);
        fixture.send(11, 20);
        long start = System.nanoTime();

        assertThat(ids(receive(fixture.receiver("same"), 10))).isEqualTo(numbered(1, 10));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG_LEASE);
    }

    @SideBySideTest
    @DisplayName("a member that joins others that live does not wait for a lease")
    void joinsTheLiving() throws Exception {
        close();
        open(LONG_LEASE);
        Receiver busy = fixture.receiver("busy");
        fixture.send(1, 5);
        receive(busy, 5);
        Receiver joining = fixture.receiver("joining");
        fixture.send(6, 6);
        long start = System.nanoTime();
        List<Delivery> got = List.of();
        while (got.isEmpty()) {
            busy.poll(0, Duration.ofMillis(100));
            got = joining.poll(10, Duration.ofMillis(100));
        }

        assertThat(ids(got)).isEqualTo(numbered(6, 6));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG_LEASE);
    }

    @SideBySideTest
    @DisplayName("a member that was away for longer than its lease is told what it lost, and takes nothing back")
    void awayTooLong() throws Exception {
        Receiver away = fixture.receiver("away");
        fixture.send(1, 4);
        List<Delivery> held = receive(away, 4);
        held.get(3).accept();
        away.poll(0, Duration.ZERO);
        Receiver other = fixture.receiver("other");
        age(LEASE);
        List<Delivery> taken = receive(other, 3);
        away.poll(10, Duration.ofSeconds(1)); // in which it renews what it believes to have

        assertThat(fixture.revoked).hasSize(1);
        assertThat(held.subList(0, 3)).allMatch(fixture.revoked.get(0));
        assertThat(List.of(held.get(3), taken.get(0))).noneMatch(fixture.revoked.get(0));
        held.forEach(Delivery::release);
        away.poll(0, Duration.ZERO);
        away.close();
        assertThat(lookAround(other)).isEmpty();
    }

    @SideBySideTest
    @DisplayName("what is deleted while it is pending is done with")
    void deletedWhilePending() throws Exception {
        dies("dead", 3);
        fixture.cli("XTRIM", fixture.key, "MAXLEN", "1");

        assertThat(ids(receive(fixture.receiver("dead"), 1))).isEqualTo(numbered(3, 3));
        assertThat(fixture.cli("XPENDING", fixture.key, "g").lines().findFirst())
                .contains("1");
    }

    @SideBySideTest
    @DisplayName("what is deleted while it is pending is passed over by who takes over, and done with")
    void deletedBeforeTakeOver() throws Exception {
        dies("dead", 4);
        age(LEASE); // not afterwards: it would be found out that some are deleted
        fixture.cli(("XDEL " + fixture.key + " " + firstIds(2)).split(" ", -1));
        fixture.send(5, 5);
        Receiver next = fixture.receiver("next");

        assertThat(ids(receive(next, 3))).isEqualTo(numbered(3, 5));
        next.poll(1, Duration.ofMillis(10));
        assertThat(fixture.cli("XPENDING", fixture.key, "g").lines().findFirst())
                .contains("3");
    }

    @SideBySideTest
    @DisplayName("dead members that have nothing are removed by those who join")
    void tidied() throws Exception {
        close();
        open(PASSING_LEASE);
        dies("dead", 1);
        age(PASSING_LEASE);
        receive(fixture.receiver("other"), 1).forEach(Delivery::accept);
        pollFor(
                fixture.receiver("third"),
                1,
                GroupCommands.READ_WAIT.multipliedBy(2).plus(PASSING_LEASE));
        fixture.receiver("fourth");

        assertThat(fixture.cli("XINFO", "CONSUMERS", fixture.key, "g")).doesNotContain("dead");
    }

    /** A member gets some messages and is never heard of again. */
    private void dies(String member, int messages) throws Exception {
        Transport process = Fixture.transport(fixture.broker.url(), options, Fixture.PATIENCE);
        Receiver receiver = fixture.receiver(process, Fixture.spec(fixture.group, member, false));
        fixture.send(1, messages);
        receive(receiver, messages);
        process.close();
    }
}
