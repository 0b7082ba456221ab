package io.eventbus.tck.broken;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Waits at the broker for what arrives; settlements go with the next question. */
final class NetworkedReceiver implements Receiver {

    private final Receiver original;
    private final Connection connection;
    private final NetworkedTransport transport;
    private final Queue<Runnable> unsent = new ConcurrentLinkedQueue<>();

    NetworkedReceiver(Receiver original, Connection connection, NetworkedTransport transport) {
        this.original = original;
        this.connection = connection;
        this.transport = transport;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        List<Delivery> taken = settleAnd(() -> original.poll(maxMessages, timeout), timeout);
        return taken.stream().<Delivery>map(OnLoan::new).toList();
    }

    @Override
    public void wakeup() {
        original.wakeup();
    }

    @Override
    public void bind(RoutingPattern pattern) {
        settleAnd(() -> {
            original.bind(pattern);
            return pattern;
        });
    }

    @Override
    public void drain() {
        settleAnd(() -> {
            original.drain();
            return this;
        });
    }

    /** Where the network does not let it through, the broker finds out by the end of the connection. */
    @Override
    public void close() {
        try {
            settleAnd(() -> {
                original.close();
                return this;
            });
        } catch (TransportException e) {
            unsent.clear(); // they come again
        }
        connection.close();
    }

    private <T> T settleAnd(Supplier<T> question) {
        return settleAnd(question, Duration.ZERO);
    }

    private <T> T settleAnd(Supplier<T> question, Duration work) {
        return connection.ask(
                () -> {
                    for (Runnable next = unsent.poll(); next != null; next = unsent.poll()) {
                        next.run();
                    }
                    return question.get();
                },
                work);
    }

    private void settle(Runnable settlement) {
        if (connection.isClosed()) {
            transport.settledLate();
            return;
        }
        unsent.add(settlement);
        wakeup();
    }

    /** A delivery whose settlement has a way to go. */
    private final class OnLoan implements Delivery {

        private final Delivery lent;

        OnLoan(Delivery lent) {
            this.lent = lent;
        }

        @Override
        public Message message() {
            return lent.message();
        }

        @Override
        public int deliveryCount() {
            return lent.deliveryCount();
        }

        @Override
        public void accept() {
            settle(lent::accept);
        }

        @Override
        public void release() {
            settle(lent::release);
        }
    }
}
