package io.eventbus.cli;

import io.eventbus.tck.chaos.Verdict;
import java.io.IOException;

/** Plays a chaos scenario on a broker. */
interface ChaosPlay {

    /**
     * Plays it once.
     *
     * @param product the broker
     * @return what came of it
     * @throws IOException if the broker cannot be had, or nothing can be written
     * @throws CommandFailedException if the broker cannot be had; the message says why and what to do
     */
    Verdict on(BrokerProduct product) throws IOException;
}
