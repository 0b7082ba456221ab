package io.eventbus.tck;

import io.eventbus.spi.TransportProvider;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What whoever proves a transport writes: how to get at a broker for it. Found by {@link ServiceLoader}; needs a public
 * constructor without parameters. A harness is never told which test runs, and never sees the bus.
 */
public interface TransportHarness {

    /** {@return the name of the transport's provider, such as {@code rabbitmq}} */
    String transport();

    /**
     * The provider of the transport.
     *
     * @return by default the one that {@link ServiceLoader} finds under {@link #transport()}
     * @throws IllegalStateException if there is none
     */
    default TransportProvider provider() {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(transport()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no transport is called " + transport()));
    }

    /**
     * The client library of the transport, which its code may use beside the SPI.
     *
     * @return the packages of the library, each with all below it; by default none
     */
    default Set<String> clientPackages() {
        return Set.of();
    }

    /**
     * Gets a broker for one run of the kit.
     *
     * @return the broker, closed by the kit after the last test
     * @throws Exception if there is none to be had, which fails every test
     */
    Environment start() throws Exception;

    /**
     * Gets a broker for one test alone, which may kill it. What needs one is inconclusive without it, so whoever declares that
     * events survive a restart has to bring one.
     *
     * @return a broker with {@linkplain Environment#control() control}, closed by the kit after the test; by default none
     * @throws Exception if there is none to be had, which fails the test
     */
    default Optional<Environment> startAlone() throws Exception {
        return Optional.empty();
    }
}
