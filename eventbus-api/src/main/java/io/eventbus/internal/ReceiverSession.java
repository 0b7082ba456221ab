package io.eventbus.internal;

import io.eventbus.spi.Receiver;

/** One opened receiver, and whether what came from it can still be settled. */
final class ReceiverSession {
    private final Receiver receiver;
    private volatile boolean live = true;

    ReceiverSession(Receiver receiver) {
        this.receiver = receiver;
    }

    Receiver receiver() {
        return receiver;
    }

    boolean isLive() {
        return live;
    }

    void end() {
        live = false;
    }
}
