package io.eventbus.tck.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.Await;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.tls.Certificates;
import io.eventbus.tck.tls.ServerIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int QUIET_MILLIS = 300;

    /** A byte goes through five threads, of which each may have to wait for a processor. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Await await = Await.atMost(PATIENCE);
    private final List<Socket> clients = new ArrayList<>();
    private EchoServer server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer("A");
        proxy = TcpProxy.start("127.0.0.1", server.port());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        proxy.close();
        server.close();
    }

    @Test
    @DisplayName("Where it ends TLS, what a client says in it goes on in the clear, and so back")
    void endsTls() throws Exception {
        proxy.endTls(Certificates.shared().server(ServerIdentity.RIGHT));
        Socket client = Certificates.shared().client().getSocketFactory().createSocket(proxy.host(), proxy.port());
        clients.add(client);
        assertThat(client.getInputStream().read()).isEqualTo('A');
        write(client, "secret".getBytes(US_ASCII));
        assertThat(client.getInputStream().readNBytes(6)).isEqualTo("secret".getBytes(US_ASCII));
    }

    @Test
    @DisplayName(
            "Where it ends TLS, nothing of a client that does not go through with the handshake reaches the target")
    void keepsOthersOut() throws Exception {
        proxy.endTls(Certificates.shared().server(ServerIdentity.UNTRUSTED));
        SSLSocketFactory factory = Certificates.shared().client().getSocketFactory();
        try (SSLSocket client = (SSLSocket) factory.createSocket(proxy.host(), proxy.port())) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        await.until("the end of the connection", () -> proxy.traffic().live() == 0);
        assertThat(proxy.traffic().bytesToTarget()).isZero();
    }

    @Test
    @DisplayName("Bytes pass unchanged in both directions")
    void bytesPass() throws IOException {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        Socket client = greeted("A");
        Thread writer = new Thread(() -> write(client, sent), "writer");
        writer.start();
        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }

    @Test
    @DisplayName("The end of one direction passes and leaves the other open")
    void endOfStreamPasses() throws IOException {
        Socket client = greeted("A");
        write(client, "last");
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("last".getBytes(US_ASCII));
        assertThat(await.count("the server's end", server.ended, 1).get(0)).isEmpty();
    }

    @Test
    @DisplayName("A reset by the client reaches the target as a reset")
    void resetPasses() throws IOException {
        Socket client = greeted("A");
        client.setSoLinger(true, 0);
        client.close();
        assertThat(await.count("the server's end", server.ended, 1).get(0)).containsInstanceOf(SocketException.class);
    }

    @Test
    @DisplayName("A cut resets every open connection on both sides")
    void cutResets() throws IOException {
        Socket first = greeted("A");
        Socket second = greeted("A");
        proxy.cut();
        assertReset(first);
        assertReset(second);
        assertThat(await.count("the ends at the server", server.ended, 2))
                .allSatisfy(end -> assertThat(end).containsInstanceOf(SocketException.class));
    }

    @Test
    @DisplayName("When a cut returns, every connection has ended")
    void cutWaits() throws IOException {
        for (int i = 0; i < 50; i++) {
            greeted("A");
        }
        proxy.cut();
        assertThat(proxy.traffic().live()).isZero();
    }

    @Test
    @DisplayName("While cut, a new connection is accepted, counted and reset, and the target sees nothing of it")
    void cutResetsNewConnections() throws IOException {
        proxy.cut();
        assertResets(proxy);
        await.until("the count", () -> proxy.traffic().accepted() == 1);
        assertThat(proxy.traffic().live()).isZero();
        assertThat(server.accepted.size()).isZero();
    }

    @Test
    @DisplayName("After a cut has healed, new connections pass")
    void healAfterCut() throws IOException {
        greeted("A");
        proxy.cut();
        proxy.heal();
        Socket client = greeted("A");
        assertEchoes(client, "again");
    }

    @Test
    @DisplayName("A delay holds back both directions, and loses and changes nothing")
    void delayHoldsBack() throws IOException {
        Socket client = greeted("A");
        proxy.delay(Duration.ofMillis(200));
        long start = System.nanoTime();
        assertEchoes(client, "later");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
        assertThat(proxy.mode()).isEqualTo(ProxyMode.SLOW);
    }

    @Test
    @DisplayName("A throttled connection lets no more through than it may, unchanged")
    void throttleTrickles() throws IOException {
        byte[] sent = new byte[5_000];
        new Random(1).nextBytes(sent);
        Socket client = greeted("A");
        proxy.throttle(10_000);
        long start = System.nanoTime();
        write(client, sent);
        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(490));
    }

    @Test
    @DisplayName("What a delay or a throttle holds back goes on at once when the proxy is healed")
    void healEndsSlowness() throws IOException {
        Socket client = greeted("A");
        proxy.delay(Duration.ofHours(1));
        write(client, "held");
        proxy.throttle(1);
        write(client, " back");
        proxy.heal();
        assertThat(client.getInputStream().readNBytes(9)).isEqualTo("held back".getBytes(US_ASCII));
    }

    @Test
    @DisplayName("A proxy that holds bytes back closes and cuts at once")
    void slowProxyEnds() throws IOException {
        Socket client = greeted("A");
        proxy.delay(Duration.ofHours(1));
        write(client, "held");
        proxy.cut();
        assertReset(client);
        proxy.close();
        assertThat(proxy.traffic().live()).isZero();
    }

    @Test
    @DisplayName("A delay is not negative, and a throttled connection moves")
    void badPace() {
        assertThatThrownBy(() -> proxy.delay(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> proxy.throttle(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("A silence keeps a connection open and lets nothing through until healed, then all of it")
    void silenceHoldsBytes() throws IOException {
        Socket client = greeted("A");
        assertEchoes(client, "before");
        long before = proxy.traffic().bytesToTarget();
        proxy.silence();
        write(client, "during");
        assertSilent(client);
        assertThat(proxy.traffic().bytesToTarget()).isEqualTo(before);
        proxy.heal();
        assertThat(read(client, 6)).isEqualTo("during");
    }

    @Test
    @DisplayName("A silence holds back what the target sends")
    void silenceHoldsAnswers() throws IOException {
        Socket client = greeted("A");
        Socket atServer = await.count("the connection", server.accepted, 1).get(0);
        proxy.silence();
        write(atServer, "news");
        assertSilent(client);
        proxy.heal();
        assertThat(read(client, 4)).isEqualTo("news");
    }

    @Test
    @DisplayName("Where only answers are silent, what the client sends arrives, and what comes back waits until healed")
    void silentAnswers() throws IOException {
        Socket client = greeted("A");
        Socket atServer = await.count("the connection", server.accepted, 1).get(0);
        long before = proxy.traffic().bytesToTarget();
        proxy.silenceAnswers();
        write(client, "during");
        write(atServer, "news");
        await.until("the bytes at the target", () -> proxy.traffic().bytesToTarget() == before + 6);
        assertSilent(client);
        proxy.heal();
        assertThat(read(client, 10)).contains("news");
    }

    @Test
    @DisplayName("A silence hides from the target that the client has gone")
    void silenceHidesTheEnd() throws IOException {
        Socket client = greeted("A");
        proxy.silence();
        client.close();
        new QuietWindow(Duration.ofMillis(QUIET_MILLIS)).holds("no end at the server", () -> server.ended.size() == 0);
        proxy.heal();
        await.count("the server's end", server.ended, 1);
    }

    @Test
    @DisplayName("During a silence a new connection is accepted and gets no answer before it is healed")
    void silenceAcceptsAndDoesNotAnswer() throws IOException {
        proxy.silence();
        Socket client = connect();
        assertSilent(client);
        assertThat(server.accepted.size()).isZero();
        proxy.heal();
        assertThat(read(client, 1)).isEqualTo("A");
    }

    @Test
    @DisplayName("A cut during a silence resets what was silent")
    void cutDuringSilence() throws IOException {
        Socket open = greeted("A");
        proxy.silence();
        Socket waiting = connect();
        await.until("the second connection", () -> proxy.traffic().accepted() == 2);
        proxy.cut();
        assertReset(open);
        assertReset(waiting);
    }

    @Test
    @DisplayName("It counts connections accepted and live, and bytes in each direction")
    void counts() throws IOException {
        Socket first = greeted("A");
        assertEchoes(first, "12345");
        greeted("A");
        await.until("both live", () -> proxy.traffic().equals(new ProxyTraffic(2, 2, 5, 7)));
        first.close();
        await.until("one gone", () -> proxy.traffic().equals(new ProxyTraffic(2, 1, 5, 7)));
    }

    @Test
    @DisplayName("A new target takes new connections; open ones stay with the old")
    void changesTarget() throws IOException {
        Socket old = greeted("A");
        try (EchoServer other = new EchoServer("B")) {
            proxy.target("127.0.0.1", other.port());
            assertEchoes(greeted("B"), "to the new");
            assertEchoes(old, "to the old");
        }
    }

    @Test
    @DisplayName("Without a target, or with one where nobody listens, a connection is reset")
    void resetsWithoutTarget() throws IOException {
        try (TcpProxy aimless = TcpProxy.start()) {
            assertResets(aimless);
            // has the port and does not listen, so that nobody else does either
            try (Socket holder = new Socket()) {
                holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                aimless.target("127.0.0.1", holder.getLocalPort());
                assertResets(aimless);
            }
        }
    }

    @Test
    @DisplayName("After close nobody listens, connections are reset and no thread is left")
    void closeLeavesNothing() throws IOException {
        Socket passing = greeted("A");
        proxy.silence();
        Socket waiting = connect();
        await.until("the second connection", () -> proxy.traffic().accepted() == 2);
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        proxy.close();
        assertThat(threads()).isEmpty();
        assertReset(passing);
        assertReset(waiting);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    @DisplayName("Closing twice is harmless")
    void closeTwice() {
        proxy.close();
        proxy.close();
        assertThat(proxy.traffic().live()).isZero();
    }

    @Test
    @DisplayName("Connections that come and go leave no thread and are not kept")
    void churn() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket client = connect()) {
                assertThat(read(client, 1)).isEqualTo("A");
            }
        }
        await.until("all gone", () -> proxy.traffic().live() == 0);
        assertThat(proxy.traffic().accepted()).isEqualTo(100);
        await.until("their threads ended", () -> threads().size() == 1);
    }

    private Socket greeted(String greeting) throws IOException {
        Socket client = connect();
        assertThat(read(client, 1)).isEqualTo(greeting);
        return client;
    }

    private Socket connect() throws IOException {
        return connect(proxy);
    }

    private Socket connect(TcpProxy to) throws IOException {
        Socket client = new Socket(to.host(), to.port());
        client.setSoTimeout((int) PATIENCE.toMillis());
        clients.add(client);
        return client;
    }

    private static void assertEchoes(Socket client, String text) throws IOException {
        write(client, text);
        assertThat(read(client, text.length())).isEqualTo(text);
    }

    /** That a new connection is: whoever is slow to see that it is made may see it reset already. */
    private void assertResets(TcpProxy to) {
        assertReset(() -> connect(to).getInputStream().read());
    }

    private static void assertReset(Socket client) {
        assertReset(() -> client.getInputStream().read());
    }

    private static void assertReset(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    /** Nothing can prove that a byte does not come; a while on the loopback is as good as it gets. */
    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout((int) PATIENCE.toMillis());
    }

    private static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), US_ASCII);
    }

    private static void write(Socket client, String text) {
        write(client, text.getBytes(US_ASCII));
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Thread> threads() {
        Thread[] all = new Thread[Thread.activeCount() * 2 + 10];
        int count = Thread.enumerate(all);
        return Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().startsWith("tck-proxy-" + proxy.port()))
                .toList();
    }
}
