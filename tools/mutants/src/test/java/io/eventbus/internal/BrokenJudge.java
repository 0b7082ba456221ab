package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.DeadLetterReason;
import io.eventbus.EventBus;
import io.eventbus.RetryPolicy;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Engines that decide wrongly what becomes of a delivery. */
public final class BrokenJudge {

    private BrokenJudge() {}

    /** One attempt too many. */
    public static EventBus extraAttempt(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            boolean retries(Failure failure, int attempt) {
                return super.retries(failure, attempt) || super.retries(failure, attempt - 1);
            }
        });
    }

    /** No second attempt. */
    public static EventBus givesUpAtOnce(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            boolean retries(Failure failure, int attempt) {
                return false;
            }
        });
    }

    /** One counter for all events of a subscription. */
    public static EventBus sharedAttempts(BusConfig config, Transport transport) {
        Map<Registration, Integer> attempts = new ConcurrentHashMap<>();
        return judgedBy(config, transport, new Judge(config) {
            @Override
            boolean retries(Failure failure, int attempt) {
                return super.retries(failure, attempts.merge(failure.registration(), 1, Integer::sum));
            }
        });
    }

    /** No exception is beyond hope. */
    public static EventBus retriesEverything(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            boolean retries(Failure failure, int attempt) {
                return attempt < failure.registration().retry().maxAttempts();
            }
        });
    }

    /** Jitter on top of the longest pause. */
    public static EventBus overshoots(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            Duration delay(RetryPolicy policy, int attempt) {
                Duration delay = super.delay(policy.withJitter(0), attempt);
                return Duration.ofNanos((long) (delay.toNanos() * (1 + policy.jitter())));
            }
        });
    }

    /** No pause. */
    public static EventBus retriesAtOnce(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            Duration delay(RetryPolicy policy, int attempt) {
                return Duration.ZERO;
            }
        });
    }

    /** What is not registered counts as handled. */
    public static EventBus acceptsUnknown(BusConfig config, Transport transport) {
        return accepting(config, transport, DeadLetterReason.UNKNOWN_TYPE);
    }

    /** What cannot be decoded counts as handled. */
    public static EventBus acceptsUndecodable(BusConfig config, Transport transport) {
        return accepting(config, transport, DeadLetterReason.UNDECODABLE);
    }

    private static EventBus accepting(BusConfig config, Transport transport, DeadLetterReason reason) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            Verdict conclude(List<Failure> failed) {
                boolean harmless = failed.stream().allMatch(failure -> failure.reason() == reason);
                return harmless ? new Verdict.Accept(Counter.HANDLED) : super.conclude(failed);
            }
        });
    }

    /** What cannot be decoded is tried for ever. */
    public static EventBus stopsAtPoison(BusConfig config, Transport transport) {
        return judgedBy(config, transport, new Judge(config) {
            @Override
            boolean retries(Failure failure, int attempt) {
                return failure.reason() == DeadLetterReason.UNDECODABLE || super.retries(failure, attempt);
            }
        });
    }

    /** What is lost with its session counts like what takes a member down. */
    public static EventBus countsLostSessions(BusConfig config, Transport transport) {
        return new Engine(new Parts(config, transport) {
            @Override
            Outlived makeOutlived() {
                return new Outlived() {
                    @Override
                    synchronized int of(String id) {
                        return 0;
                    }
                };
            }
        });
    }

    private static EventBus judgedBy(BusConfig config, Transport transport, Judge judge) {
        return new Engine(new Parts(config, transport) {
            @Override
            Judge makeJudge() {
                return judge;
            }
        });
    }
}
