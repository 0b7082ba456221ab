package io.eventbus;

/** Hears of every {@link BusError}. */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Called by one thread of the bus, in the order of the errors. What it throws is logged and ignored. Blocking here
     * delays later errors and the stages of asynchronous publishes, nothing else; at the end of the bus what waits behind one that
     * is still stuck is told by a second thread. After the end of the bus, and when the process has no thread left, errors are in
     * the log alone.
     *
     * @param error what went wrong
     */
    void onError(BusError error);
}
