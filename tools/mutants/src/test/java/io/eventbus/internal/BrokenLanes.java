package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.spi.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/** Engines that run handlers in the wrong order, or too many or too few at once. */
public final class BrokenLanes {

    private BrokenLanes() {}

    /** Workers that know nothing of keys. */
    public static EventBus racing(BusConfig config, Transport transport) {
        return keyed(config, transport, work -> new Object());
    }

    /** One lane for all keys. */
    public static EventBus oneForAll(BusConfig config, Transport transport) {
        return keyed(config, transport, work -> "all");
    }

    private static EventBus keyed(BusConfig config, Transport transport, Function<KeyedLanes.Work, Object> keys) {
        return running(config, transport, parts -> new KeyedLanes(config.handlerConcurrency(), parts.threads()) {
            @Override
            boolean submit(Object key, Work work) {
                return super.submit(keys.apply(work), work);
            }
        });
    }

    /** One handler more than is configured. */
    public static EventBus oneTooMany(BusConfig config, Transport transport) {
        return running(config, transport, parts -> new KeyedLanes(config.handlerConcurrency() + 1, parts.threads()));
    }

    /** One handler at a time. */
    public static EventBus oneAtATime(BusConfig config, Transport transport) {
        return running(config, transport, parts -> new KeyedLanes(1, parts.threads()));
    }

    /** What was held for a paused subscription is never run again. */
    public static EventBus forgetsHeld(BusConfig config, Transport transport) {
        return running(config, transport, parts -> new KeyedLanes(config.handlerConcurrency(), parts.threads()) {
            @Override
            void release() {}
        });
    }

    /** An event that waits for its next attempt lets others of its key pass, and takes its lane again after the pause. */
    public static EventBus reopensOnRetry(BusConfig config, Transport transport) {
        return running(config, transport, parts -> new Reopening(config.handlerConcurrency(), parts.threads()) {
            @Override
            void again(Object key, Work work, Next next) {
                parts.threads().schedule(() -> submit(key, work), next.delay());
            }
        });
    }

    /** A failed event goes to the end of its lane and waits there. */
    public static EventBus requeuesAtTail(BusConfig config, Transport transport) {
        return running(config, transport, parts -> new Reopening(config.handlerConcurrency(), parts.threads()) {
            @Override
            void again(Object key, Work work, Next next) {
                submit(key, work);
            }
        });
    }

    /** Lanes that go on with the next work when one wants to run again. */
    private abstract static class Reopening extends KeyedLanes {

        Reopening(int slots, Threads threads) {
            super(slots, threads);
        }

        abstract void again(Object key, Work work, Next next);

        @Override
        boolean submit(Object key, Work work) {
            return super.submit(key, new Once(this, key, work));
        }

        @Override
        List<Work> drop(Predicate<Work> unwanted) {
            return super.drop(work -> unwanted.test(((Once) work).original)).stream()
                    .map(work -> ((Once) work).original)
                    .toList();
        }
    }

    /** Work that never waits in its lane. */
    private record Once(Reopening lanes, Object key, KeyedLanes.Work original) implements KeyedLanes.Work {

        @Override
        public CompletableFuture<Next> run() {
            return original.run().thenApply(next -> {
                if (next.isAgain()) {
                    lanes.again(key, original, next);
                }
                return Next.DONE;
            });
        }

        @Override
        public boolean isLive() {
            return original.isLive();
        }

        @Override
        public void dropped() {
            original.dropped();
        }
    }

    private static EventBus running(BusConfig config, Transport transport, Function<Parts, KeyedLanes> lanes) {
        return new Engine(new Parts(config, transport) {
            @Override
            KeyedLanes makeLanes() {
                return lanes.apply(this);
            }
        });
    }
}
