package io.eventbus.brokers;

/** A RabbitMQ that was started here. Its URL has no path. */
interface RabbitMqServer extends Server {

    /** Runs rabbitmqctl and gives back what it printed. Called from any thread. */
    String ctl(String... arguments);

    /** Evaluates an Erlang expression in it, or throws {@link BrokerException}. Called from any thread. */
    void evaluate(String expression);
}
