package io.eventbus;

/** Hears of every {@link BusError}. */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Called by one thread of the bus, in the order of the errors. What it throws is logged and ignored. Blocking here
     * delays later errors and the stages of asynchronous publishes, nothing else.
     *
     * @param error what went wrong
     */
    void onError(BusError error);
}
