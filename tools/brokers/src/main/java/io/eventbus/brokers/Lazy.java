package io.eventbus.brokers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made by the first call that succeeds. */
final class Lazy<T> {
    private final Supplier<T> maker;
    private @Nullable T value;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }
}
