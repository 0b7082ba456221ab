package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventDefinition;
import io.eventbus.EventMetadata;
import io.eventbus.InvalidEventException;
import io.eventbus.RawEvent;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Engines that write or read messages wrongly. */
public final class BrokenEnvelopes {

    private static final MessageLimits NONE =
            new MessageLimits(new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));

    private BrokenEnvelopes() {}

    /** Everything is a first attempt. */
    public static EventBus alwaysFirstAttempt(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, new MessageLimits(transport.limits())) {
            @Override
            EventMetadata metadata(Message message, int attempt) throws UnreadableMessageException {
                return super.metadata(message, 1);
            }
        });
    }

    /** Whoever gets an event may have it at once. */
    public static EventBus ignoresNotBefore(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, new MessageLimits(transport.limits())) {
            @Override
            EventMetadata metadata(Message message, int attempt) throws UnreadableMessageException {
                Map<String, String> attributes = new HashMap<>(message.attributes());
                attributes.remove(HeaderNames.NOT_BEFORE);
                return super.metadata(
                        new Message(
                                message.id(),
                                message.aggregateType(),
                                message.type(),
                                message.key(),
                                message.routingKey(),
                                message.contentType(),
                                attributes,
                                message.headers(),
                                message.body()),
                        attempt);
            }
        });
    }

    /** What is not registered goes out under the name of its class. */
    public static EventBus sendsUnregistered(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, new MessageLimits(transport.limits())) {
            @Override
            Message encode(Object published) {
                try {
                    return super.encode(published);
                } catch (InvalidEventException e) {
                    String name = published.getClass().getName();
                    return super.encode(new RawEvent("", name, null, "", new byte[0]));
                }
            }
        });
    }

    /** The publisher's own bytes go out, whatever is done to them meanwhile. */
    public static EventBus sendsReferences(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, new MessageLimits(transport.limits())) {
            @Override
            Message encode(Object published) {
                Message message = super.encode(published);
                Object payload = published instanceof Event<?> event ? event.payload() : published;
                return payload instanceof RawEvent raw ? withBody(message, raw.body()) : message;
            }
        });
    }

    private static Message withBody(Message message, byte[] body) {
        return new Message(
                message.id(),
                message.aggregateType(),
                message.type(),
                message.key(),
                message.routingKey(),
                message.contentType(),
                message.attributes(),
                message.headers(),
                body);
    }

    /** The limits of the transport are not looked at. */
    public static EventBus ignoresLimits(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, NONE));
    }

    /** A type that is not registered is looked for among the classes. */
    public static EventBus loadsClasses(BusConfig config, Transport transport) {
        return wrappedBy(config, transport, new Envelopes(config, new MessageLimits(transport.limits())) {
            @Override
            Optional<EventDefinition<?>> definition(Message message) {
                try {
                    Class.forName(message.type());
                } catch (ClassNotFoundException e) {
                    // no class, then
                }
                return super.definition(message);
            }
        });
    }

    private static EventBus wrappedBy(BusConfig config, Transport transport, Envelopes envelopes) {
        return new Engine(new Parts(config, transport) {
            @Override
            Envelopes makeEnvelopes() {
                return envelopes;
            }
        });
    }
}
