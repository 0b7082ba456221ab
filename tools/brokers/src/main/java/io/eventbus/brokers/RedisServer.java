package io.eventbus.brokers;

/** A Redis that was started here. */
interface RedisServer extends Server {

    /** Runs redis-cli and gives back what it printed. Called from any thread. */
    String cli(String... arguments);
}
