package io.eventbus.tck.broken;

import io.eventbus.spi.Group;
import io.eventbus.tck.Blockade;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Removal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A broker of its own in this JVM, with one defect or none. */
final class BreakableEnvironment implements Environment {

    private final String name = UUID.randomUUID().toString();
    private final TransportMutant mutant;

    BreakableEnvironment(TransportMutant mutant) {
        this.mutant = mutant;
    }

    @Override
    public String url() {
        return BreakableProvider.url(mutant, name);
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.empty();
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
        return Optional.of(new BrokerControl() {

            @Override
            public void kill() {
                BreakableBroker.remove(name);
            }

            @Override
            public void start() {
                // the next session makes a new one
            }
        });
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
            public void group(Group group) {
                BreakableBroker.named(name).ifPresent(broker -> broker.remove(group));
            }

            @Override
            public void topic(String topic) {
                BreakableBroker.named(name).ifPresent(broker -> broker.removeTopic(topic));
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
        BreakableBroker.remove(name);
    }
}
