package io.eventbus.brokers;

import java.net.URI;
import java.util.Set;

/**
 * The one broker of its product in a JVM. It refuses to be killed or frozen, because others are using it.
 *
 * @param <B> the product
 */
abstract class SharedBroker<B extends Broker> implements Broker {
    private final String product;
    private final String launch;
    private final B broker;

    /**
     * Shares a broker.
     *
     * @param launch the call that gives a private one
     */
    SharedBroker(String product, String launch, B broker) {
        this.product = product;
        this.launch = launch;
        this.broker = broker;
    }

    final B broker() {
        return broker;
    }

    @Override
    public final URI url() {
        return broker.url();
    }

    @Override
    public final Set<Control> controls() {
        return broker.can(Control.ADMINISTER) ? Set.of(Control.ADMINISTER) : Set.of();
    }

    @Override
    public final void close() {
        // It ends with the JVM: others may be using it.
    }

    @Override
    public final String toString() {
        return "The " + product + " shared by this JVM (" + launch + " gives a private one)";
    }
}
