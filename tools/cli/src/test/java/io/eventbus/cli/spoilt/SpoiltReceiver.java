package io.eventbus.cli.spoilt;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Does to one message in so many what the defect says, and to none of the fences at the end of a play, which have to arrive. */
final class SpoiltReceiver implements Receiver {
    /** More deliveries than any event may have. */
    private static final int MANY = 1000;

    private final Receiver receiver;
    private final Defect defect;
    private final Queue<Again> again = new ConcurrentLinkedQueue<>();
    private int count;

    SpoiltReceiver(Receiver receiver, Defect defect) {
        this.receiver = receiver;
        this.defect = defect;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        List<Delivery> deliveries = new ArrayList<>();
        while (deliveries.size() < maxMessages && !again.isEmpty()) {
            deliveries.add(again.remove());
        }
        for (Delivery delivery : receiver.poll(maxMessages - deliveries.size(), timeout)) {
            if (!isTurn(delivery.message())) {
                deliveries.add(delivery);
            } else if (defect == Defect.LOSES) {
                delivery.accept();
            } else {
                Again repeat = new Again(delivery.message(), defect == Defect.BURIES ? MANY : 1);
                deliveries.add(new Repeated(delivery, repeat, again));
            }
        }
        return deliveries;
    }

    private boolean isTurn(Message message) {
        count++;
        return count % defect.every() == 0 && !isFence(message);
    }

    private static boolean isFence(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8).contains("\"fence\"");
    }

    @Override
    public void wakeup() {
        receiver.wakeup();
    }

    @Override
    public void bind(RoutingPattern pattern) {
        receiver.bind(pattern);
    }

    @Override
    public void drain() {
        receiver.drain();
    }

    @Override
    public void close() {
        receiver.close();
    }

    /** Comes again once it is accepted. */
    private record Repeated(Delivery delivery, Again repeat, Queue<Again> again) implements Delivery {

        @Override
        public Message message() {
            return delivery.message();
        }

        @Override
        public int deliveryCount() {
            return delivery.deliveryCount();
        }

        @Override
        public void accept() {
            delivery.accept();
            again.add(repeat);
        }

        @Override
        public void release() {
            delivery.release();
        }
    }

    /** What the broker knows nothing of. */
    private record Again(Message message, int deliveryCount) implements Delivery {

        @Override
        public void accept() {
            // the broker has it accepted already
        }

        @Override
        public void release() {
            // the broker has it accepted already
        }
    }
}
