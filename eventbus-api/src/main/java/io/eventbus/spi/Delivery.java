package io.eventbus.spi;

/**
 * A message on loan until it is settled.
 *
 * <p>Settling may be done by any thread, in any order and more than once (the first call counts); it returns promptly
 * and never throws, also after the session has ended, when it does nothing: the broker delivers the message again.
 */
public interface Delivery {

    /**
     * What was delivered.
     *
     * @return the message; its body belongs to the delivery and is not to be changed
     */
    Message message();

    /**
     * How often the broker has handed the message to a member of this group, this time included. A time that ended with
     * {@link #release} counts only where the broker cannot leave it out.
     *
     * @return 1 or more; always 1 if the transport lacks {@link Capability#DELIVERY_COUNT}
     */
    int deliveryCount();

    /** The message is done with: it will not be delivered to this group again. */
    void accept();

    /** The message goes back to the group, at its old place where the broker can do that. */
    void release();
}
