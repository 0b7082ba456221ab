package io.eventbus;

/** Hears when the {@link Health} of a bus changes between up and down. */
@FunctionalInterface
public interface HealthListener {

    /**
     * Called by one thread of the bus, the one that calls the {@link ErrorListener}, for each change in turn, from the end of
     * {@link EventBus#start()}, where the health counts as up, to the beginning of {@link EventBus#close()}. Starting and closing are no
     * changes: whoever does it knows. A trouble that passes by itself, such as an event that was not accepted, is found gone within
     * a second. What the listener throws is logged and ignored; blocking here delays errors, later changes and the stages of
     * asynchronous publishes, nothing else; at the end of the bus what waits behind one that is still stuck is told by a second
     * thread.
     *
     * @param health as it was at the change; {@link EventBus#health()} tells what it is now
     */
    void onHealth(Health health);
}
