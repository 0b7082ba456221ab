package io.eventbus.internal;

import io.eventbus.spi.Capability;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transport without a broker, for what no broker does when it is told to: a test hands deliveries to its receivers, sees
 * what is sent, and says what fails. It is its own provider, for one bus.
 */
final class FedTransport implements TransportProvider, Transport, TransportAdmin {

    /** What was sent. */
    record Sent(Destination destination, Message message) {}

    private final Arrived<FedReceiver> receivers = new Arrived<>();
    private final Arrived<Sent> sent = new Arrived<>();
    private final Set<Message> removed =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Arrived<String> senders = new Arrived<>();
    private volatile Function<Message, CompletionStage<Void>> answer =
            message -> CompletableFuture.completedFuture(null);
    private volatile Runnable onOpenSender = () -> {};
    private volatile Runnable onOpenReceiver = () -> {};
    private volatile Runnable onFlush = () -> {};
    private volatile Runnable onCloseReceiver = () -> {};
    private volatile Runnable onCloseSender = () -> {};
    private volatile Runnable onClose = () -> {};
    private final Optional<Duration> holdLimit;

    FedTransport() {
        this(Optional.empty());
    }

    /** @param holdLimit declared, and kept by nobody but the engine */
    FedTransport(Optional<Duration> holdLimit) {
        this.holdLimit = holdLimit;
    }

    /** The receivers that were opened. */
    Arrived<FedReceiver> receivers() {
        return receivers;
    }

    /** What was sent, whatever the answer. */
    Arrived<Sent> sent() {
        return sent;
    }

    /** An entry for each sender that was opened. */
    Arrived<String> senders() {
        return senders;
    }

    void answerSends(Supplier<CompletionStage<Void>> next) {
        answer = message -> next.get();
    }

    /** Answers each message by what it is. */
    void answerEachSend(Function<Message, CompletionStage<Void>> next) {
        answer = next;
    }

    void onOpenSender(Runnable next) {
        onOpenSender = next;
    }

    void onOpenReceiver(Runnable next) {
        onOpenReceiver = next;
    }

    void onFlush(Runnable next) {
        onFlush = next;
    }

    void onCloseReceiver(Runnable next) {
        onCloseReceiver = next;
    }

    void onCloseSender(Runnable next) {
        onCloseSender = next;
    }

    void onClose(Runnable next) {
        onClose = next;
    }

    @Override
    public String name() {
        return "fed";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("fed");
    }

    @Override
    public URI defaultUrl() {
        return URI.create("fed:test");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of();
    }

    @Override
    public Transport create(TransportConfig config) {
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DELIVERY_COUNT);
    }

    @Override
    public Limits limits() {
        return new Limits(1 << 20, 1 << 16, 200, 255);
    }

    @Override
    public Optional<Duration> holdLimit() {
        return holdLimit;
    }

    @Override
    public Sender openSender() {
        onOpenSender.run();
        senders.add("sender");
        return new FedSender();
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        onOpenReceiver.run();
        FedReceiver receiver = new FedReceiver(spec, revocations, () -> onCloseReceiver.run());
        receivers.add(receiver);
        return receiver;
    }

    @Override
    public TransportAdmin admin() {
        return this;
    }

    @Override
    public void close() {
        onClose.run();
    }

    @Override
    public void ping() {
        // nobody is there
    }

    @Override
    public GroupInfo describe(Group group) {
        return new GroupInfo(group.name(), 0, 0, letters(group).size());
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        return new FedCursor(letters(group));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        List<Message> letters = letters(group);
        removed.addAll(letters);
        return letters.size();
    }

    private List<Message> letters(Group group) {
        return sent.all().stream()
                .filter(one -> one.destination().equals(new Destination.DeadLetters(group)))
                .map(Sent::message)
                .filter(letter -> !removed.contains(letter))
                .toList();
    }

    private final class FedSender implements Sender {

        @Override
        public CompletionStage<Void> send(Destination destination, Message message) {
            sent.add(new Sent(destination, message));
            return answer.apply(message);
        }

        @Override
        public void flush() {
            onFlush.run();
        }

        @Override
        public void close() {
            onCloseSender.run();
        }
    }

    /** What was there when it was opened. */
    private final class FedCursor implements DeadLetterCursor {
        private final Queue<Message> letters;

        FedCursor(List<Message> letters) {
            this.letters = new ArrayDeque<>(letters);
        }

        @Override
        public List<Message> next(int max) {
            List<Message> next = new ArrayList<>();
            while (next.size() < max && !letters.isEmpty()) {
                next.add(letters.remove());
            }
            return next;
        }

        @Override
        public void remove(Message deadLetter) {
            removed.add(deadLetter);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
