package io.eventbus;

import java.util.Set;

/** A handler that names the events that it wants, such as a projection. */
public interface EventSubscriber {

    /**
     * The payload classes to receive. Asked once, when it is subscribed.
     *
     * @return registered classes, at least one
     */
    Set<Class<?>> subscribedTo();

    /**
     * Handles one event, as {@link EventHandler#handle} does.
     *
     * @param event an event of one of the classes
     * @throws Exception if handling failed
     */
    void handle(Event<?> event) throws Exception;
}
