package io.eventbus.brokers;

/** What can be done to a broker, besides using it. */
public enum Control {
    /** {@link Broker#kill()}, {@link Broker#start()} and {@link Broker#restart()} work. */
    KILL,
    /** {@link Broker#freeze()} and {@link Broker#thaw()} work. */
    FREEZE,
    /** The broker's own commands work, such as {@link RedisBroker#cli}. */
    ADMINISTER
}
