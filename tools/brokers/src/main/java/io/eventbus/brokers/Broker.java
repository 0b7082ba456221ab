package io.eventbus.brokers;

import java.net.URI;
import java.util.Set;

/**
 * A running broker of any product. Whoever launched it closes it; a JVM that ends without doing so leaves nothing
 * running either.
 *
 * <p>What can be done to a broker depends on where it came from: ask {@link #can(Control)} first. Everything else is
 * refused with an {@link UnsupportedOperationException} that says why. All methods may be called from any thread; those
 * that change the broker wait for each other. All throw {@link IllegalStateException} after {@link #close()}.
 */
public interface Broker extends AutoCloseable {

    /** {@return the URL that a client connects to, with user and password; the same after a restart} */
    URI url();

    /** {@return the host that the broker listens on} */
    default String host() {
        return url().getHost();
    }

    /** {@return the port that the broker listens on; the same after a restart} */
    int port();

    /** {@return what can be done to this broker; unmodifiable} */
    Set<Control> controls();

    /**
     * Whether something can be done to this broker.
     *
     * @param control what is to be done
     * @return whether the methods of this control work
     */
    default boolean can(Control control) {
        return controls().contains(control);
    }

    /**
     * Ends the broker as SIGKILL does, without a farewell to its clients, and returns when it is gone. What it had on
     * disk stays. A frozen broker can be killed. No effect on a broker that is killed already.
     */
    default void kill() {
        throw new UnsupportedOperationException(this + " cannot be killed");
    }

    /**
     * Starts a killed broker again with the same ports and data, and returns when clients can use it. No effect on a
     * broker that runs.
     *
     * @throws BrokerException if it does not become usable; the message ends with the last lines of its log
     */
    default void start() {
        throw new UnsupportedOperationException(this + " cannot be started");
    }

    /**
     * Kills the broker and starts it again.
     *
     * @throws BrokerException if it does not become usable again
     */
    default void restart() {
        kill();
        start();
    }

    /**
     * Stops the broker as SIGSTOP does: connections stay open and nothing answers. No effect on a frozen broker.
     *
     * @throws IllegalStateException if the broker is killed
     */
    default void freeze() {
        throw new UnsupportedOperationException(this + " cannot be frozen");
    }

    /**
     * Lets a frozen broker go on where it stood. No effect on a broker that is not frozen.
     */
    default void thaw() {
        throw new UnsupportedOperationException(this + " cannot be thawed");
    }

    /**
     * Ends the broker and deletes its data, and returns when both are gone. A broker that was not started here is left
     * alone. Closing twice has no effect.
     */
    @Override
    void close();
}
