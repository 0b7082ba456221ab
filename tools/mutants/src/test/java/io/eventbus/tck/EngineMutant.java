package io.eventbus.tck;

import io.eventbus.BrokenOptions;
import io.eventbus.BusConfig;
import io.eventbus.EngineAccess;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.internal.BrokenBurial;
import io.eventbus.internal.BrokenBus;
import io.eventbus.internal.BrokenDesk;
import io.eventbus.internal.BrokenEnvelopes;
import io.eventbus.internal.BrokenFilters;
import io.eventbus.internal.BrokenHandlerCall;
import io.eventbus.internal.BrokenHealthWatch;
import io.eventbus.internal.BrokenHoldWatch;
import io.eventbus.internal.BrokenJudge;
import io.eventbus.internal.BrokenLanes;
import io.eventbus.internal.BrokenNamespace;
import io.eventbus.internal.BrokenSelector;
import io.eventbus.spi.Transport;
import io.eventbus.tck.broken.TransportMutant;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;

/** What can be wrong with the engine, and the rules that must find it out. */
enum EngineMutant implements BuilderSeam {
    // what becomes of a delivery
    EXTRA_ATTEMPT(engine(BrokenJudge::extraAttempt), "RTY-1"),
    GIVES_UP_AT_ONCE(engine(BrokenJudge::givesUpAtOnce), "RTY-1", "FLT-7"),
    ATTEMPT_SHARED(engine(BrokenJudge::sharedAttempts), "RTY-4"),
    RETRIES_EVERYTHING(engine(BrokenJudge::retriesEverything), "RTY-3"),
    JITTER_OVERSHOOT(engine(BrokenJudge::overshoots), "RTY-2"),
    RETRIES_AT_ONCE(engine(BrokenJudge::retriesAtOnce), "RTY-2"),
    UNKNOWN_ACKED(engine(BrokenJudge::acceptsUnknown), "REG-6"),
    UNDECODABLE_ACKED(engine(BrokenJudge::acceptsUndecodable), "REG-7"),
    LOST_SESSIONS_COUNT(engine(BrokenJudge::countsLostSessions), "ACK-6"),
    POISON_STOPS(engine(BrokenJudge::stopsAtPoison), "REG-7"),

    // how handlers are called
    ACK_ON_ASYNC_RETURN(engine(BrokenHandlerCall::ignoresStages), "ACK-1"),
    CORRELATION_LOST(engine(BrokenHandlerCall::forgetsContext), "OBS-3"),
    ERRORS_OVERLOOKED(engine(BrokenHandlerCall::overlooksErrors), "SUB-4"),
    COUNTS_WRONG(engine(BrokenHandlerCall::miscounts), "OBS-1"),
    TIMEOUT_IGNORED(engine(BrokenHandlerCall::ignoresTimeouts), "RTY-7"),
    TIMEOUT_FREES_KEY(engine(BrokenHandlerCall::failsEarly), "RTY-7"),
    WRONG_GROUP_REDELIVERY(engine(BrokenHandlerCall::publishesAgain), "ACK-3", "GRP-2"),
    RETRY_ALL_HANDLERS(engine(BrokenHandlerCall::retriesAll), "SUB-4"),
    SHARED_PAYLOAD(engine(BrokenHandlerCall::sharesPayload), "SUB-5"),
    LISTENER_DISTURBS(engine(BrokenHandlerCall::trustsListener), "OBS-4"),

    // dead letters
    SWALLOW_POISON(engine(BrokenBurial::swallows), "DLQ-1", "REG-7", "OBS-1"),
    DLQ_AFTER_ACK(engine(BrokenBurial::settlesFirst), "DLQ-3"),
    DIAGNOSIS_INSISTED_ON(engine(BrokenBurial::neverShortens), "DLQ-3"),
    DIAGNOSIS_LOST(engine(BrokenBurial::losesDiagnosis), "DLQ-2"),
    DIAGNOSIS_OVERWRITES(engine(BrokenBurial::overwritesHeaders), "DLQ-2"),

    REPLAYS_TO_TOPIC(engine(BrokenDesk::replaysToTopic), "DLQ-5"),
    REMOVES_BEFORE_ACCEPTANCE(engine(BrokenDesk::removesFirst), "DLQ-5"),
    KEEPS_REPLAYED(engine(BrokenDesk::keepsLetters), "DLQ-5", "DLQ-6"),
    REPLAYS_UNDER_NEW_ID(engine(BrokenDesk::replaysUnderNewId), "DLQ-5"),
    REPLAY_KEEPS_ATTEMPTS(engine(BrokenDesk::keepsAttempts), "DLQ-5", "DLQ-6"),
    METADATA_GROWS(engine(BrokenDesk::growsMetadata), "DLQ-6"),
    FILTER_IGNORED(engine(BrokenDesk::ignoresFilters), "DLQ-5"),
    FILTER_IGNORES_TYPE(engine(BrokenFilters::ignoresType), "DLQ-5"),
    FILTER_IGNORES_KEY(engine(BrokenFilters::ignoresKey), "DLQ-5"),
    FILTER_IGNORES_REASON(engine(BrokenFilters::ignoresReason), "DLQ-5"),
    FILTER_IGNORES_FROM(engine(BrokenFilters::ignoresFrom), "DLQ-5"),
    FILTER_IGNORES_BEFORE(engine(BrokenFilters::ignoresBefore), "DLQ-5"),
    FILTER_SHIFTS_TIMES(engine(BrokenFilters::shiftsTimes), "DLQ-5"),
    COUNTS_UNFILTERED(engine(BrokenFilters::countsAll), "DLQ-5"),
    PURGES_UNFILTERED(engine(BrokenFilters::purgesAll), "DLQ-5"),
    LATER_PAGES_UNFILTERED(engine(BrokenFilters::forgetsOnLaterPages), "DLQ-5"),
    PAGES_REPEAT_HEAD(engine(BrokenDesk::repeatsHead), "DLQ-5"),
    DRY_RUN_IGNORED(engine(BrokenDesk::ignoresDryRun), "DLQ-5"),
    RATE_IGNORED(engine(BrokenDesk::ignoresRate), "DLQ-5"),
    EDIT_LOST(engine(BrokenDesk::losesEdits), "DLQ-5"),
    IMPORT_LOSES_REASON(engine(BrokenDesk::importsWithoutReason), "DLQ-5"),
    IMPORT_LOSES_HEADERS(engine(BrokenDesk::importsWithoutHeaders), "DLQ-5"),
    IMPORT_SKIPS_FIRST(engine(BrokenDesk::importsAllButFirst), "DLQ-5"),

    // lanes
    RACING_WORKERS(engine(BrokenLanes::racing), "ORD-1", "ORD-3"),
    ONE_LANE(engine(BrokenLanes::oneForAll), "ORD-6", "CON-3"),
    ONE_TOO_MANY(engine(BrokenLanes::oneTooMany), "CON-3"),
    ONE_AT_A_TIME(engine(BrokenLanes::oneAtATime), "ORD-6", "CON-3"),
    RETRY_REOPENS_LANE(engine(BrokenLanes::reopensOnRetry), "ORD-4"),
    REQUEUE_AT_TAIL(engine(BrokenLanes::requeuesAtTail), "ORD-4"),
    FORGETS_HELD(engine(BrokenLanes::forgetsHeld), "LIF-6"),

    // what is held for long
    HOLD_LIMIT_IGNORED(engine(BrokenHoldWatch::ignoresLimit), "ACK-7"),
    GIVES_BACK_EARLY(engine(BrokenHoldWatch::givesBackEarly), "ACK-7"),

    // envelopes
    ATTEMPT_ALWAYS_1(engine(BrokenEnvelopes::alwaysFirstAttempt), "ACK-5"),
    IGNORES_NOT_BEFORE(engine(BrokenEnvelopes::ignoresNotBefore), "RTY-6"),
    SENDS_UNREGISTERED(engine(BrokenEnvelopes::sendsUnregistered), "REG-5"),
    SENDS_REFERENCES(engine(BrokenEnvelopes::sendsReferences), "PUB-4"),
    IGNORES_LIMITS(engine(BrokenEnvelopes::ignoresLimits), "PUB-6", "PUB-7", "REG-2"),
    LOADS_CLASSES(engine(BrokenEnvelopes::loadsClasses), "SEC-4"),

    // selection
    IGNORES_AGGREGATE(engine(BrokenSelector::ignoresAggregate), "REG-4"),
    DIRECT_IGNORES_CASE(engine(BrokenSelector::ignoresCase), "RTE-2"),
    HASH_NEEDS_WORD(engine(BrokenSelector::hashNeedsWord), "RTE-3"),
    STAR_TAKES_ALL(engine(BrokenSelector::starTakesAll), "RTE-3"),
    ANY_IS_ALL(engine(BrokenSelector::anyIsAll), "RTE-4"),
    IGNORES_HEADER_VALUES(engine(BrokenSelector::ignoresValues), "RTE-4"),
    FANOUT_NEEDS_KEY(engine(BrokenSelector::fanoutNeedsKey), "RTE-1"),
    HANDLED_PER_BINDING(engine(BrokenBus::subscribesEach), "RTE-5"),

    // the bus itself
    CLOSE_KEEPS_DELIVERING(engine(BrokenBus::closesLater), "LIF-2"),
    CLOSE_WAITS(engine(BrokenBus::closesWhenIdle), "LIF-3", "RTY-5"),
    CLOSES_ONCE(engine(BrokenBus::closesOnce), "LIF-1"),
    PUBLISHES_WHEN_CLOSED(engine(BrokenBus::publishesWhenClosed), "LIF-1"),
    REMEMBERS_BUSES(engine(BrokenBus::remembers), "LIF-4"),
    CLOSE_LINGERS(engine(BrokenBus::lingers), "LIF-3"),
    REPORTS_NOTHING(engine(BrokenBus::reportsNothing), "LIF-2"),
    ORIGIN_LOST(engine(BrokenBus::forgetsOrigin), "OBS-3"),
    NEVER_COMPLETES(engine(BrokenBus::neverCompletes), "PUB-2", "CON-2"),
    ACCEPTS_AT_CLOSE(engine(BrokenBus::acceptsAtClose), "CON-2"),
    REFUSES_HANDLERS_AT_CLOSE(engine(BrokenBus::refusesHandlersAtClose), "LIF-2"),
    TAKES_UNTIL_CLOSED(engine(BrokenBus::takesUntilClosed), "LIF-3"),
    FAILS_VAGUELY(engine(BrokenBus::failsVaguely), "PUB-2"),
    SWALLOWS_INTERRUPTS(engine(BrokenBus::swallowsInterrupts), "CON-4"),
    BATCH_FALSIFIES(engine(BrokenBus::failsTheRest), "PUB-7"),
    ZOMBIE_SUBSCRIPTION(engine(BrokenBus::keepsSubscriptions), "SUB-7"),
    IGNORES_PAUSE(engine(BrokenBus::ignoresPause), "LIF-6"),
    ALWAYS_UP(engine(BrokenBus::alwaysUp), "OBS-4"),
    PRINTS_SECRETS(engine(BrokenBus::printsAll), "SEC-3"),

    // namespaces
    NAMESPACE_IGNORED(engine(BrokenNamespace::ignored), "SEC-5"),
    NAMESPACE_JOINED_BY_DOT(engine(BrokenNamespace::joinedByDot), "SEC-5"),
    NAMESPACE_CASE_FOLDED(engine(BrokenNamespace::foldsCase), "SEC-5"),

    // the builder
    CRASHES_FOR_EVER(builder -> builder.maxDeliveries(Integer.MAX_VALUE), "ACK-6"),
    SILENT_ERRORS(builder -> builder.onError(error -> {}), "OBS-4"),
    DROPS_UNKNOWN_OPTIONS(BrokenOptions::dropsUnknown, "DSC-4"),
    TAKES_ANY_VALUE(BrokenOptions::takesAnyValue, "DSC-4"),
    KEEPS_DEFAULTS(BrokenOptions::keepsDefaults, "DSC-4"),

    // where there is a network
    NEVER_DOWN(engine(BrokenBus::alwaysUp), "OBS-2"),
    HEALTH_BLOCKS(engine(BrokenBus::answersLate), "OBS-2"),
    HEALTH_LISTENER_FORGOTTEN(engine(BrokenHealthWatch::silent), "OBS-2"),
    RETURN_NOT_TOLD(engine(BrokenHealthWatch::silentOnReturn), "OBS-2"),
    STARTS_ANYWAY(engine(BrokenBus::startsAnyway), "LIF-5"),
    PUBLISHES_UNKNOWN_AGAIN(engine(BrokenBus::publishesUnknownAgain), "PUB-3"),
    NEVER_PAUSES(builder -> builder.reconnectBackoff(Duration.ofMillis(1), Duration.ofMillis(1)), "FLT-1");

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final BuilderSeam seam;

    @SuppressWarnings("ImmutableEnumChecker") // cannot be modified
    private final Set<String> caughtBy;

    EngineMutant(BuilderSeam seam, String... caughtBy) {
        this.seam = seam;
        this.caughtBy = Set.of(caughtBy);
    }

    private static BuilderSeam engine(BiFunction<BusConfig, Transport, EventBus> engine) {
        return builder -> EngineAccess.replace(builder, engine);
    }

    /** {@return the rules of which each must reject it} */
    Set<String> caughtBy() {
        return caughtBy;
    }

    /** {@return the transport to run it on, with a network where it takes one to see it} */
    TransportMutant copy() {
        return compareTo(NEVER_DOWN) >= 0 ? TransportMutant.NETWORKED : TransportMutant.NONE;
    }

    @Override
    public EventBusBuilder alter(EventBusBuilder builder) {
        return seam.alter(builder);
    }
}
