package io.eventbus.internal;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import java.util.HashMap;
import java.util.Map;

/** Gives dead letters to their group again. Thread-safe. */
class Replay {
    private final PublishPipeline pipeline;
    private final Group group;

    Replay(PublishPipeline pipeline, Group group) {
        this.pipeline = pipeline;
        this.group = group;
    }

    /** Accepted first, removed then: a crash in between leaves both. */
    void run(Message letter, Message event, Runnable remove) {
        send(toSend(letter, event));
        remove.run();
    }

    /** The event for the failed group only, without its diagnosis, and with one number that says how often this was done. */
    Message toSend(Message letter, Message event) {
        Map<String, String> attributes = new HashMap<>(event.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(HeaderNames.DEAD_LETTER));
        attributes.put(HeaderNames.INBOX, group.name());
        attributes.put(HeaderNames.REPLAYS, Integer.toString(DeadLetterMessage.replays(letter) + 1));
        return event.withAttributes(attributes);
    }

    void send(Message event) {
        publish(new Destination.Inbox(group), event);
    }

    final void publish(Destination destination, Message event) {
        Waiting.on(pipeline.publish(destination, event, pipeline.deadline()));
    }
}
