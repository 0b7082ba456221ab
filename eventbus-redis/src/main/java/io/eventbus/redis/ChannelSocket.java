package io.eventbus.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket for the client library, by TCP or by a path of this machine, in which no call lasts longer than it may: each
 * connect, read and write ends at the deadline. It can also be waited on without reading, until another thread ends the
 * wait; so a read may wait at Redis while the thread that asked does something else.
 *
 * <p>Used by one thread; {@link #nudge} and {@link #close} are for any.
 */
final class ChannelSocket extends Socket {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);

    /** The JDK keeps a direct buffer of the largest size ever written. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Consumer<ChannelSocket> onClose;
    private Deadline deadline = Deadline.NOW;
    private boolean outputShutdown;

    private ChannelSocket(SocketChannel channel, Consumer<ChannelSocket> onClose) throws IOException {
        super((SocketImpl) null);
        this.channel = channel;
        this.onClose = onClose;
        channel.configureBlocking(false);
        this.selector = channel.provider().openSelector();
        this.key = channel.register(selector, 0);
    }

    /** A socket that is not connected yet, for an address of this kind. */
    static ChannelSocket forAddress(SocketAddress address, Consumer<ChannelSocket> onClose) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            return new ChannelSocket(SocketChannel.open(StandardProtocolFamily.UNIX), onClose);
        }
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return new ChannelSocket(channel, onClose);
    }

    /** When every read and write has to end, from now on. */
    void deadline(Deadline end) {
        deadline = end;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        boolean connected = channel.connect(address);
        while (!connected) {
            await(SelectionKey.OP_CONNECT);
            connected = channel.finishConnect();
        }
    }

    /**
     * Waits until there is something to read, or the end of the stream.
     *
     * @return false if the time was over, the thread was interrupted, or {@link #nudge} was called
     */
    boolean awaitReadable(long nanos) throws IOException {
        return select(SelectionKey.OP_READ, nanos);
    }

    /** Ends a wait that goes on, or else the next. */
    void nudge() {
        selector.wakeup();
    }

    @Override
    public InputStream getInputStream() {
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
        outputShutdown = true;
    }

    /** Every call that is stuck in the socket returns. */
    @Override
    public synchronized void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing a socket failed", e);
        }
        onClose.accept(this);
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    /** The deadline is what holds. */
    @Override
    public synchronized void setSoTimeout(int millis) {}

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    private void await(int operation) throws IOException {
        boolean interrupted = false;
        try {
            while (!select(operation, deadline.nanosLeft())) {
                interrupted |= Thread.interrupted();
                if (deadline.isOver()) {
                    throw new SocketTimeoutException("no answer in time");
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean select(int operation, long nanos) throws IOException {
        try {
            key.interestOps(operation);
            selector.selectedKeys().clear();
            if (nanos <= 0) {
                selector.selectNow();
            } else {
                selector.select(Math.max(1, nanos / NANOS_PER_MILLI));
            }
            return (key.readyOps() & operation) != 0 && !selector.selectedKeys().isEmpty();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw (SocketException) new SocketException("the connection was closed").initCause(e);
        }
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, Math.min(length, CHUNK_BYTES));
            int count = channel.read(buffer);
            while (count == 0 && length > 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(buffer);
            }
            return count;
        }

        @Override
        public void close() {
            ChannelSocket.this.close();
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int end = offset + length;
            int position = offset;
            while (position < end) {
                int count = channel.write(ByteBuffer.wrap(source, position, Math.min(end - position, CHUNK_BYTES)));
                if (count == 0) {
                    await(SelectionKey.OP_WRITE);
                }
                position += count;
            }
        }

        @Override
        public void close() {
            ChannelSocket.this.close();
        }
    }
}
