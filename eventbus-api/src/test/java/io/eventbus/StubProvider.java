package io.eventbus;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider for buses that are built and never started.
 *
 * @param capabilities what its transport declares
 * @param holdLimit what its transport declares
 */
record StubProvider(Set<Capability> capabilities, Optional<Duration> holdLimit) implements TransportProvider {

    StubProvider() {
        this(Set.of());
    }

    StubProvider(Set<Capability> capabilities) {
        this(capabilities, Optional.empty());
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("stub");
    }

    @Override
    public URI defaultUrl() {
        return URI.create("stub:default");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(
                OptionDescriptor.integer("stub.pool-size", 4, "How many."),
                OptionDescriptor.duration("stub.lease", "30s", "How long."),
                OptionDescriptor.choice("stub.mode", List.of("fast", "safe"), "Which."),
                OptionDescriptor.prefix("stub.client.", "Settings of the client library."));
    }

    @Override
    public Set<String> namesBelow(OptionDescriptor prefix) {
        return prefix.name().equals("stub.client.") ? Set.of("linger.ms", "buffer.size") : Set.of();
    }

    @Override
    public Transport create(TransportConfig config) {
        if ("refused".equals(config.url().getSchemeSpecificPart())) {
            throw new IllegalArgumentException("this URL makes no sense");
        }
        return new StubTransport(capabilities, holdLimit);
    }

    private record StubTransport(Set<Capability> capabilities, Optional<Duration> holdLimit) implements Transport {

        @Override
        public Limits limits() {
            return new Limits(100, 100, 100, 100);
        }

        @Override
        public Sender openSender() {
            throw new AssertionError("a sender is opened");
        }

        @Override
        public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
            throw new AssertionError("a receiver is opened");
        }

        @Override
        public TransportAdmin admin() {
            throw new AssertionError("the broker is asked");
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
