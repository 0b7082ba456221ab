package io.eventbus.cli;

import java.util.Locale;

/** A broker that can be started for a demo. */
enum BrokerProduct {
    RABBITMQ,
    REDIS,
    KAFKA;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
