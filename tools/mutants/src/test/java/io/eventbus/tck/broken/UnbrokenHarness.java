package io.eventbus.tck.broken;

import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import java.util.Optional;

/** The transport that can be broken, unbroken: the one that the kit tests itself with. */
public final class UnbrokenHarness implements TransportHarness {

    @Override
    public String transport() {
        return BreakableProvider.NAME;
    }

    @Override
    public Environment start() {
        return TransportMutant.NONE.start();
    }

    @Override
    public Optional<Environment> startAlone() {
        return TransportMutant.NONE.startAlone();
    }
}
