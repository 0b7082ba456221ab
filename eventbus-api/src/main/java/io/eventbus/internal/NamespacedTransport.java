package io.eventbus.internal;

import io.eventbus.spi.Capability;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A driver that is asked for topics and groups by the application's names and asks for them by those of a namespace. The only
 * place where both are known.
 */
record NamespacedTransport(Transport driver, Namespace namespace) implements Transport {

    @Override
    public Set<Capability> capabilities() {
        return driver.capabilities();
    }

    @Override
    public Limits limits() {
        return driver.limits();
    }

    @Override
    public Optional<Duration> holdLimit() {
        return driver.holdLimit();
    }

    @Override
    public Sender openSender() {
        return new NamespacedSender(driver.openSender(), namespace);
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        ReceiverSpec inside = new ReceiverSpec(
                namespace.group(spec.group()),
                spec.member(),
                spec.patterns(),
                spec.maxInFlight(),
                spec.startFrom(),
                spec.ephemeral());
        return driver.openReceiver(inside, revocations);
    }

    @Override
    public TransportAdmin admin() {
        return new NamespacedAdmin(driver.admin(), namespace);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        return driver.unwrap(nativeType);
    }

    @Override
    public void close() {
        driver.close();
    }

    private record NamespacedSender(Sender sender, Namespace namespace) implements Sender {

        @Override
        public CompletionStage<Void> send(Destination destination, Message message) {
            return sender.send(namespace.destination(destination), message);
        }

        @Override
        public void flush() {
            sender.flush();
        }

        @Override
        public void close() {
            sender.close();
        }
    }

    private record NamespacedAdmin(TransportAdmin admin, Namespace namespace) implements TransportAdmin {

        @Override
        public void ping() {
            admin.ping();
        }

        @Override
        public GroupInfo describe(Group group) {
            return admin.describe(namespace.group(group));
        }

        @Override
        public DeadLetterCursor openDeadLetters(Group group) {
            return admin.openDeadLetters(namespace.group(group));
        }

        @Override
        public long purgeDeadLetters(Group group) {
            return admin.purgeDeadLetters(namespace.group(group));
        }
    }
}
