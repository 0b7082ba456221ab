package io.eventbus.spi;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * The engine's ear for deliveries that are about to belong to another member although the session goes on, as when a
 * broker shares its partitions out anew.
 */
public interface Revocations {

    /**
     * Lets go of deliveries. Those that no handler has begun, and those that wait for another attempt, are forgotten; those
     * that are being handled are waited for, and their acceptances are made as always. What is not accepted when this method
     * returns never will be: the engine counts it as released, and the broker delivers it again.
     *
     * <p>Called by a receiver inside {@link Receiver#poll}, by the thread that polls.
     *
     * @param which true for deliveries of this receiver that it loses; called by any thread
     * @param within how long running handlers are waited for; zero if the deliveries are lost already
     */
    void revoking(Predicate<Delivery> which, Duration within);
}
