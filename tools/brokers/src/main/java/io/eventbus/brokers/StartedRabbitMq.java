package io.eventbus.brokers;

import java.net.URI;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A RabbitMQ that was started here and can be controlled. */
final class StartedRabbitMq implements RabbitMqBroker {
    private static final Logger LOG = LoggerFactory.getLogger(StartedRabbitMq.class);

    private enum State {
        RUNNING,
        FROZEN,
        KILLED,
        CLOSED
    }

    private final Object lock = new Object();
    private final RabbitMqServer server;
    private State state = State.RUNNING;

    /** Takes over a server that runs. */
    StartedRabbitMq(RabbitMqServer server) {
        this.server = server;
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Set<Control> controls() {
        return Set.of(Control.values());
    }

    @Override
    public void kill() {
        synchronized (lock) {
            requireOpen();
            if (state == State.RUNNING) {
                writeTables();
            }
            if (state != State.KILLED) {
                server.kill();
                state = State.KILLED;
            }
        }
    }

    private void writeTables() {
        try {
            server.evaluate(RabbitMqErlang.WRITE_TABLES);
        } catch (BrokerException e) {
            LOG.warn("{} does not write its tables before it is killed: new quorum queues may be lost", this, e);
        }
    }

    @Override
    public void start() {
        synchronized (lock) {
            requireOpen();
            if (state == State.KILLED) {
                server.start();
                state = State.RUNNING;
            }
        }
    }

    @Override
    public void freeze() {
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
    public void thaw() {
        synchronized (lock) {
            requireOpen();
            if (state == State.FROZEN) {
                server.thaw();
                state = State.RUNNING;
            }
        }
    }

    @Override
    public String ctl(String... arguments) {
        return running().ctl(arguments);
    }

    @Override
    public Vhost newVhost() {
        return RabbitMqVhost.create(running());
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

    private RabbitMqServer running() {
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
    public String toString() {
        return "The RabbitMQ started at " + host() + ":" + port();
    }
}
