package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.spi.Message;
import io.eventbus.spi.Transport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Engines that lose dead letters, or something of them. */
public final class BrokenBurial {

    private BrokenBurial() {}

    /** Settled and stored nowhere. */
    public static EventBus swallows(BusConfig config, Transport transport) {
        return buriedBy(config, transport, parts -> new Burial(parts.pipeline(), parts.errors()) {
            @Override
            CompletableFuture<Void> store(DeadLetterMessage letter, Message event, Runnable settle) {
                settle.run();
                return CompletableFuture.completedFuture(null);
            }
        });
    }

    /** Settled first and stored then, whatever becomes of that. */
    public static EventBus settlesFirst(BusConfig config, Transport transport) {
        return buriedBy(config, transport, parts -> new Burial(parts.pipeline(), parts.errors()) {
            @Override
            CompletableFuture<Void> store(DeadLetterMessage letter, Message event, Runnable settle) {
                settle.run();
                return super.store(letter, event, () -> {}).exceptionally(failure -> null);
            }
        });
    }

    /** Stored without the diagnosis. */
    public static EventBus losesDiagnosis(BusConfig config, Transport transport) {
        return buriedBy(config, transport, parts -> new Burial(parts.pipeline(), parts.errors()) {
            @Override
            CompletableFuture<Void> send(DeadLetterMessage letter, Message message) {
                return super.send(letter, DeadLetterMessage.withoutDiagnosis(message));
            }
        });
    }

    /** Stored with the diagnosis in place of the event's headers. */
    public static EventBus overwritesHeaders(BusConfig config, Transport transport) {
        return buriedBy(config, transport, parts -> new Burial(parts.pipeline(), parts.errors()) {
            @Override
            CompletableFuture<Void> send(DeadLetterMessage letter, Message message) {
                return super.send(
                        letter,
                        new Message(
                                message.id(),
                                message.aggregateType(),
                                message.type(),
                                message.key(),
                                message.routingKey(),
                                message.contentType(),
                                message.attributes(),
                                Map.of("reason", letter.verdict().reason().name()),
                                message.body()));
            }
        });
    }

    /** Stored with all of the diagnosis, or not at all. */
    public static EventBus neverShortens(BusConfig config, Transport transport) {
        return buriedBy(config, transport, parts -> new Burial(parts.pipeline(), parts.errors()) {
            @Override
            CompletableFuture<Void> sendBrief(DeadLetterMessage letter, Message message) {
                return send(letter, message);
            }
        });
    }

    private static EventBus buriedBy(BusConfig config, Transport transport, Function<Parts, Burial> burial) {
        return new Engine(new Parts(config, transport) {
            @Override
            Burial makeBurial() {
                return burial.apply(this);
            }
        });
    }
}
