package io.eventbus.internal;

import io.eventbus.Health;
import io.eventbus.HealthListener;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the health listener when the health changes, while the bus runs. Whoever changes it asks for a look. While it is down
 * there is a look each second as well: some trouble ends without anybody's doing. Thread-safe.
 */
final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final HealthListener listener;
    private final Lifecycle lifecycle;
    private final Threads threads;

    /** These are guarded by this. */
    private @Nullable Supplier<Health> health;

    private Health.Status told = Health.Status.UP;
    private boolean looksAgain;

    HealthWatch(HealthListener listener, Lifecycle lifecycle, Threads threads) {
        this.listener = listener;
        this.lifecycle = lifecycle;
        this.threads = threads;
    }

    /** The bus runs; its health is asked for from now on. */
    synchronized void begin(Supplier<Health> source) {
        health = source;
        look();
    }

    /** The health may have changed. The lock keeps what is told in the order of what was seen. */
    synchronized void look() {
        if (health == null) {
            return;
        }
        Health now = health.get();
        // asked for afterwards: that a bus closes is no trouble
        if (!lifecycle.isRunning()) {
            return;
        }
        if (now.status() != told) {
            told = now.status();
            threads.report(() -> tell(now));
        }
        if (told == Health.Status.DOWN && !looksAgain) {
            looksAgain = true;
            threads.schedule(this::lookAgain, LOOK_AGAIN);
        }
    }

    private synchronized void lookAgain() {
        looksAgain = false;
        look();
    }

    private void tell(Health changed) {
        try {
            listener.onHealth(changed);
        } catch (Throwable e) {
            LOG.warn("the health listener failed on {}", changed.status(), e);
        }
    }
}
