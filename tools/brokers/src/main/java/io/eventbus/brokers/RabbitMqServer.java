package io.eventbus.brokers;

import java.net.URI;

/**
 * A RabbitMQ that was started here, seen from {@link StartedRabbitMq}, which calls in the right order and from one
 * thread at a time.
 */
interface RabbitMqServer {

    /** {@return the URL for clients, without a path} */
    URI url();

    /** Ends it at once and returns when it is gone. It may be frozen. */
    void kill();

    /** Starts it after {@link #kill()} and returns when clients can use it. */
    void start();

    void freeze();

    void thaw();

    /** Runs rabbitmqctl and gives back what it printed. Called from any thread. */
    String ctl(String... arguments);

    /** Evaluates an Erlang expression in it, or throws {@link BrokerException}. Called from any thread. */
    void evaluate(String expression);

    /** Ends it, in whatever state, and deletes its data. */
    void remove();
}
