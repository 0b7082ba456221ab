package io.eventbus.brokers;

import java.net.URI;
import java.util.Set;

/**
 * A broker that was started here and can be controlled.
 *
 * @param <S> the server under control
 */
abstract class StartedBroker<S extends Server> implements Broker {
    private enum State {
        RUNNING,
        FROZEN,
        KILLED,
        CLOSED
    }

    private final Object lock = new Object();
    private final String product;
    private final S server;
    private State state = State.RUNNING;

    /** Takes over a server that runs. */
    StartedBroker(String product, S server) {
        this.product = product;
        this.server = server;
    }

    @Override
    public final URI url() {
        return server.url();
    }

    @Override
    public final Set<Control> controls() {
        return Set.of(Control.values());
    }

    @Override
    public final void kill() {
        synchronized (lock) {
            requireOpen();
            if (state == State.RUNNING) {
                beforeKill(server);
            }
            if (state != State.KILLED) {
                server.kill();
                state = State.KILLED;
            }
        }
    }

    /** What a server that runs has to do so that nothing which it confirmed is lost. */
    void beforeKill(S running) {}

    @Override
    public final void start() {
        synchronized (lock) {
            requireOpen();
            if (state == State.KILLED) {
                server.start();
                state = State.RUNNING;
            }
        }
    }

    @Override
    public final void freeze() {
        synchronized (lock) {
            requireOpen();
            if (state == State.KILLED) {
                throw new IllegalStateException(this + " is killed: start it before freezing it");
            }
            if (state == State.RUNNING) {
                server.freeze();
                state = State.FROZEN;
            }
        }
    }

    @Override
    public final void thaw() {
        synchronized (lock) {
            requireOpen();
            if (state == State.FROZEN) {
                server.thaw();
                state = State.RUNNING;
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                server.remove();
            }
        }
    }

    /** {@return the server, which runs} */
    final S running() {
        synchronized (lock) {
            requireOpen();
            if (state != State.RUNNING) {
                throw new IllegalStateException(this + " does not run: start or thaw it first");
            }
            return server;
        }
    }

    private void requireOpen() {
        if (state == State.CLOSED) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    @Override
    public final String toString() {
        return "The " + product + " started at " + host() + ":" + port();
    }
}
