package io.eventbus.internal;

import io.eventbus.Binding;
import io.eventbus.BusConfig;
import io.eventbus.spi.Group;
import io.eventbus.spi.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes the parts of one bus and knows them. Tests of the conformance kit override what makes a part, to break it. */
class Parts {
    private final BusConfig config;
    private final Transport transport;
    private final Optional<Duration> holdLimit;
    private final Lifecycle lifecycle;
    private final Threads threads;
    private final StatsRecorder stats = new StatsRecorder();
    private final Errors errors;
    private final HealthWatch healthWatch;
    private final Envelopes envelopes;
    private final PublishPipeline pipeline;
    private final Judge judge;
    private final HandlerCall handlerCall;
    private final Burial burial;

    Parts(BusConfig config, Transport driver) {
        this.config = config;
        this.transport = makeNamespace().around(driver);
        this.holdLimit = driver.holdLimit();
        this.lifecycle = makeLifecycle("the bus on topic " + config.topic());
        this.threads = new Threads("eventbus-" + config.topic());
        this.errors = new Errors(config.errorListener(), threads);
        this.healthWatch = makeHealthWatch();
        this.envelopes = makeEnvelopes();
        this.pipeline = new PublishPipeline(config, transport, threads, errors, healthWatch, stats, idleCheck());
        this.judge = makeJudge();
        this.handlerCall = makeHandlerCall();
        this.burial = makeBurial();
    }

    Namespace makeNamespace() {
        return new Namespace(config.namespace());
    }

    Lifecycle makeLifecycle(String bus) {
        return new Lifecycle(bus);
    }

    HealthWatch makeHealthWatch() {
        return new HealthWatch(config.healthListener(), lifecycle, threads);
    }

    /** How long a sender goes without a flush at most: {@link io.eventbus.spi.Sender#flush} promises it. */
    Duration idleCheck() {
        return Duration.ofSeconds(1);
    }

    Envelopes makeEnvelopes() {
        return new Envelopes(config, new MessageLimits(transport.limits()));
    }

    Selector makeSelector(Binding<?> binding) {
        return Selector.of(binding, config.registry(), transport.limits());
    }

    Judge makeJudge() {
        return new Judge(config);
    }

    HandlerCall makeHandlerCall() {
        return new HandlerCall(threads, stats);
    }

    Outlived makeOutlived() {
        return new Outlived();
    }

    Burial makeBurial() {
        return new Burial(pipeline, errors);
    }

    Replay makeReplay(Group group) {
        return new Replay(pipeline, group);
    }

    KeyedLanes makeLanes() {
        return new KeyedLanes(config.handlerConcurrency(), threads);
    }

    /** What an ephemeral group gives back is lost, since the group ends with its session: there the broker may come first. */
    HoldWatch makeHoldWatch(boolean ephemeral) {
        return new HoldWatch(ephemeral ? Optional.empty() : holdLimit, config.maxInFlight(), makeHoldClock());
    }

    /** Counts the nanoseconds for which something is held. */
    LongSupplier makeHoldClock() {
        return System::nanoTime;
    }

    final BusConfig config() {
        return config;
    }

    final Transport transport() {
        return transport;
    }

    final Lifecycle lifecycle() {
        return lifecycle;
    }

    final Threads threads() {
        return threads;
    }

    final StatsRecorder stats() {
        return stats;
    }

    final Errors errors() {
        return errors;
    }

    final HealthWatch healthWatch() {
        return healthWatch;
    }

    final Envelopes envelopes() {
        return envelopes;
    }

    final PublishPipeline pipeline() {
        return pipeline;
    }

    final Judge judge() {
        return judge;
    }

    final HandlerCall handlerCall() {
        return handlerCall;
    }

    final Burial burial() {
        return burial;
    }
}
