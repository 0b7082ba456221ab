package io.eventbus.tck.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a proxy: a client's socket, a socket to the target, and a pump for each direction. Each pump blocks on
 * a thread of its own; the thread that runs the link pumps towards the target.
 */
final class Link implements Runnable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket plain;
    private final Socket target = new Socket();
    private final @Nullable SSLContext identity;
    private final InetSocketAddress address;
    private final Gate gate;
    private final LongAdder bytesToTarget;
    private final LongAdder bytesToClient;
    private Socket client; // of the link's threads only; the plain one, or TLS above it
    private volatile boolean aborted;

    Link(
            Socket client,
            @Nullable SSLContext identity,
            InetSocketAddress address,
            Gate gate,
            LongAdder bytesToTarget,
            LongAdder bytesToClient) {
        this.plain = client;
        this.client = client;
        this.identity = identity;
        this.address = address;
        this.gate = gate;
        this.bytesToTarget = bytesToTarget;
        this.bytesToClient = bytesToClient;
    }

    /** Connects to the target and pumps until both directions have ended. */
    @Override
    public void run() {
        if (gate.pass(this, false) && secure() && connect()) {
            Thread back = DaemonThreads.create(
                    Thread.currentThread().getName() + "-back", () -> pumpOrAbort(target, client, bytesToClient));
            back.start();
            pumpOrAbort(client, target, bytesToTarget);
            DaemonThreads.join(back);
        }
        end();
    }

    /** An abort on another thread may have been seen here before it came to its resets. */
    private void end() {
        if (aborted) {
            abort();
        } else {
            Sockets.close(client);
            Sockets.close(target);
        }
    }

    boolean aborted() {
        return aborted;
    }

    /** Resets both ends. Any thread; idempotent. The link's threads end soon after. */
    void abort() {
        aborted = true;
        Sockets.reset(plain);
        Sockets.reset(target);
        gate.recheck();
    }

    /** The target hears nothing of a client that does not like the proxy's certificate. */
    private boolean secure() {
        if (identity == null) {
            return true;
        }
        try {
            SSLSocket secure = (SSLSocket) identity.getSocketFactory().createSocket(plain, null, true);
            secure.startHandshake();
            client = secure;
            return true;
        } catch (IOException e) {
            abort();
            return false;
        }
    }

    private boolean connect() {
        try {
            target.connect(new InetSocketAddress(address.getHostString(), address.getPort()));
            target.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            return true;
        } catch (IOException e) {
            abort(); // the client sees a reset, as it would where nobody listens
            return false;
        }
    }

    private void pumpOrAbort(Socket from, Socket to, LongAdder bytes) {
        try {
            pump(from, to, bytes);
        } catch (IOException e) {
            abort(); // an end that failed is shown to the other end as a reset
        }
    }

    private void pump(Socket from, Socket to, LongAdder bytes) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        // The gate is asked before the read, so that the sender meets a full window while the proxy is silent,
        // and again before the write, because the silence may have begun during the read.
        boolean toClient = to == client;
        while (gate.pass(this, toClient)) {
            int count = in.read(buffer, 0, gate.pace().chunk(BUFFER_BYTES));
            gate.linger(this, Math.max(0, count));
            if (!gate.pass(this, toClient)) {
                return;
            }
            if (count < 0) {
                to.shutdownOutput();
                return;
            }
            bytes.add(count);
            out.write(buffer, 0, count);
        }
    }
}
