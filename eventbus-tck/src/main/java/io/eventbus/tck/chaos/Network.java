package io.eventbus.tck.chaos;

/** What connects one bus with the broker. Each method returns when it is done. Thread-safe. */
interface Network {

    void cut();

    void silence();

    void heal();
}
