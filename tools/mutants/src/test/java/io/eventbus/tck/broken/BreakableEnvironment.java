package io.eventbus.tck.broken;

import io.eventbus.spi.Group;
import io.eventbus.tck.Blockade;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Removal;
import io.eventbus.tck.SecureAccess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A broker of its own in this JVM, with one defect or none, and with a network or none. Programs in other JVMs get one of theirs. */
final class BreakableEnvironment implements Environment {

    private final String name = UUID.randomUUID().toString();
    private final TransportMutant mutant;
    private final Optional<BrokerPort> port;

    BreakableEnvironment(TransportMutant mutant) {
        this.mutant = mutant;
        this.port = mutant.hasNetwork() ? Optional.of(new BrokerPort()) : Optional.empty();
    }

    @Override
    public String url() {
        return BreakableProvider.url(mutant, name);
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return port.map(BrokerPort::address);
    }

    @Override
    public String url(String host, int port) {
        return BreakableProvider.url(mutant, name, host, port);
    }

    @Override
    public Optional<SecureAccess> secured(String host, int port, Path trusted) {
        return Optional.of(new SecureAccess(url(host, port), BreakableProvider.trusting(trusted)));
    }

    @Override
    public Map<String, String> attentiveOptions() {
        return BreakableProvider.attentive();
    }

    @Override
    public Map<String, String> hastyOptions() {
        return BreakableProvider.hasty();
    }

    /** A second until the next sign of life is asked for, and one for the answer. */
    @Override
    public Duration detectionTime() {
        return Duration.ofSeconds(2);
    }

    /** However short one is, it is looked at when a member polls. */
    @Override
    public Duration lease() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Optional<Set<String>> residents() {
        return Optional.of(BreakableBroker.residents(name));
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.of(BrokerControl.of(this::kill, () -> port.ifPresent(BrokerPort::open)));
    }

    /** The next session makes a new one. */
    private void kill() {
        BreakableBroker.remove(name);
        port.ifPresent(BrokerPort::close);
    }

    @Override
    public Optional<String> wrongLogin() {
        return Optional.of(url() + "." + Login.WRONG);
    }

    @Override
    public Optional<String> loginWithoutRights() {
        return Optional.of(url() + "." + Login.WITHOUT_RIGHTS);
    }

    @Override
    public Optional<Removal> removal() {
        return Optional.of(new Removal() {

            @Override
            public Set<Part> healed() {
                return mutant == TransportMutant.MODEST ? Set.of() : EnumSet.allOf(Part.class);
            }

            @Override
            public void group(Group group) {
                BreakableBroker.named(name).ifPresent(broker -> broker.remove(group));
            }

            @Override
            public void topic(String topic) {
                BreakableBroker.named(name).ifPresent(broker -> broker.removeTopic(topic));
            }

            @Override
            public void deadLetters(Group group) {
                BreakableBroker.named(name).ifPresent(broker -> broker.removeDeadLetters(group));
            }
        });
    }

    @Override
    public Optional<Blockade> blockade() {
        return Optional.of(Blockade.of(() -> full(true), () -> full(false)));
    }

    private void full(boolean full) {
        BreakableBroker.named(name).ifPresent(broker -> broker.full(full));
    }

    @Override
    public void close() {
        kill();
    }
}
