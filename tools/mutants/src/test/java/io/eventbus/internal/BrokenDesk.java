package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetters;
import io.eventbus.EventBus;
import io.eventbus.EventMetadata;
import io.eventbus.ReplayOptions;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Engines that bring dead letters back wrongly. */
public final class BrokenDesk {

    private BrokenDesk() {}

    /** Published again, to every group. */
    public static EventBus replaysToTopic(BusConfig config, Transport transport) {
        return replayedBy(config, transport, (parts, group) -> new Replay(parts.pipeline(), group) {
            @Override
            void send(Message event) {
                Map<String, String> attributes = new HashMap<>(event.attributes());
                attributes.remove(HeaderNames.INBOX);
                publish(new Destination.Topic(group.topic()), event.withAttributes(attributes));
            }
        });
    }

    /** Removed first, sent then. */
    public static EventBus removesFirst(BusConfig config, Transport transport) {
        return replayedBy(config, transport, (parts, group) -> new Replay(parts.pipeline(), group) {
            @Override
            void run(Message letter, Message event, Runnable remove) {
                remove.run();
                send(toSend(letter, event));
            }
        });
    }

    /** Sent and not removed. */
    public static EventBus keepsLetters(BusConfig config, Transport transport) {
        return replayedBy(config, transport, (parts, group) -> new Replay(parts.pipeline(), group) {
            @Override
            void run(Message letter, Message event, Runnable remove) {
                send(toSend(letter, event));
            }
        });
    }

    /** A new event with the old content. */
    public static EventBus replaysUnderNewId(BusConfig config, Transport transport) {
        return replayedBy(config, transport, (parts, group) -> new Replay(parts.pipeline(), group) {
            @Override
            Message toSend(Message letter, Message event) {
                return super.toSend(letter, event.withId(event.id() + "-again"));
            }
        });
    }

    /** Each replay leaves its trace. */
    public static EventBus growsMetadata(BusConfig config, Transport transport) {
        return replayedBy(config, transport, (parts, group) -> new Replay(parts.pipeline(), group) {
            @Override
            Message toSend(Message letter, Message event) {
                Message sent = super.toSend(letter, event);
                return sent.plus(Map.of("eb-replay-" + DeadLetterMessage.replays(sent), "done"));
            }
        });
    }

    /** The attempts go on where they ended. */
    public static EventBus keepsAttempts(BusConfig config, Transport transport) {
        return new Engine(new Parts(config, transport) {
            @Override
            Replay makeReplay(Group group) {
                return new Replay(pipeline(), group) {
                    @Override
                    Message toSend(Message letter, Message event) {
                        String attempts = letter.attributes().getOrDefault(HeaderNames.ATTEMPTS, "0");
                        return super.toSend(letter, event).plus(Map.of("eb-attempts", attempts));
                    }
                };
            }

            @Override
            Envelopes makeEnvelopes() {
                return new Envelopes(config(), new MessageLimits(transport().limits())) {
                    @Override
                    EventMetadata metadata(Message message, int attempt) throws UnreadableMessageException {
                        int before = Integer.parseInt(message.attributes().getOrDefault("eb-attempts", "0"));
                        return super.metadata(message, attempt + before);
                    }
                };
            }
        });
    }

    /** What a filter means is not looked at. */
    public static EventBus ignoresFilters(BusConfig config, Transport transport) {
        return questioned(
                config,
                transport,
                question -> question instanceof DeadLetterFilter ? DeadLetterFilter.all() : question);
    }

    /** Every page is the first. */
    public static EventBus repeatsHead(BusConfig config, Transport transport) {
        return questioned(config, transport, question -> question instanceof String ? null : question);
    }

    /** A dry run is none. */
    public static EventBus ignoresDryRun(BusConfig config, Transport transport) {
        return questioned(
                config,
                transport,
                question -> question instanceof ReplayOptions options
                        ? ReplayOptions.defaults().onEach(options.listener())
                        : question);
    }

    /** As fast as the broker takes them, whatever the rate. */
    public static EventBus ignoresRate(BusConfig config, Transport transport) {
        return questioned(
                config,
                transport,
                question -> question instanceof ReplayOptions options
                        ? options.withRate(Double.POSITIVE_INFINITY)
                        : question);
    }

    /** What is edited is replayed as it was. */
    public static EventBus losesEdits(BusConfig config, Transport transport) {
        return questioned(
                config, transport, question -> question instanceof UnaryOperator ? UnaryOperator.identity() : question);
    }

    /** What is imported does not say why it is a dead letter. */
    public static EventBus importsWithoutReason(BusConfig config, Transport transport) {
        return importing(config, transport, line -> line.replaceFirst("\"eb-dl-reason\":\"\\w+\",", ""));
    }

    /** What is imported has lost its headers. */
    public static EventBus importsWithoutHeaders(BusConfig config, Transport transport) {
        return importing(config, transport, line -> line.replaceFirst("\"headers\":\\{[^}]*}", "\"headers\":{}"));
    }

    /** Of what is imported the first line is taken for a head. */
    public static EventBus importsAllButFirst(BusConfig config, Transport transport) {
        return withDesk(config, transport, (method, args) -> {
            if (method.getName().equals("importFrom")) {
                ((Iterator<?>) args[0]).next();
            }
        });
    }

    private static EventBus replayedBy(BusConfig config, Transport transport, BiFunction<Parts, Group, Replay> replay) {
        return new Engine(new Parts(config, transport) {
            @Override
            Replay makeReplay(Group group) {
                return replay.apply(this, group);
            }
        });
    }

    /** Falsifies what the desk is asked by the methods that take more than one argument. */
    private static EventBus questioned(BusConfig config, Transport transport, UnaryOperator<Object> falsified) {
        return withDesk(config, transport, (method, args) -> {
            if (args != null && args.length > 1) {
                Arrays.setAll(args, i -> falsified.apply(args[i]));
            }
        });
    }

    private static EventBus importing(BusConfig config, Transport transport, UnaryOperator<String> falsified) {
        return withDesk(config, transport, (method, args) -> {
            if (method.getName().equals("importFrom")) {
                args[0] = lines((Iterator<?>) args[0]).map(falsified).iterator();
            }
        });
    }

    private static Stream<String> lines(Iterator<?> lines) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, 0), false)
                .map(String.class::cast);
    }

    /** Falsifies what the desk is asked. */
    static EventBus withDesk(BusConfig config, Transport transport, Falsification falsification) {
        EventBus bus = new Engine(config, transport);
        return proxy(EventBus.class, (method, args) -> {
            Object answer = call(bus, method, args);
            return answer instanceof DeadLetters desk ? falsifying(desk, falsification) : answer;
        });
    }

    private static DeadLetters falsifying(DeadLetters desk, Falsification falsification) {
        return proxy(DeadLetters.class, (method, args) -> {
            falsification.of(method, args);
            return call(desk, method, args);
        });
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> calls.on(method, args));
        return type.cast(proxy);
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Changes what a method is given. */
    interface Falsification {
        void of(Method method, Object[] args);
    }

    /** What a proxy does. */
    private interface Calls {
        Object on(Method method, Object[] args) throws Throwable;
    }
}
