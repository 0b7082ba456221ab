package io.eventbus.internal;

import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiving session of a membership, from its opening to its loss, to the end of the membership, or to where the broker would
 * take away what it holds: the loop that polls its receiver and puts what comes into the lanes. Used by the membership's thread,
 * but for {@link #isLive}. Used once.
 */
final class ReceiverSession {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final Parts parts;

    /** Whose deliveries these are, and its name for people and for the broker. */
    private final GroupConsumer consumer;

    private final Receiver receiver;
    private final HoldWatch holdWatch;
    private final KeyedLanes lanes;
    private final Audience audience;
    private final FlowControl flow;
    private final Queue<Delivery> returned;
    private volatile boolean live = true;
    private boolean drained;
    private long arrivals;

    /** @param returned what any thread has given back, and the group does not have yet */
    ReceiverSession(
            Parts parts,
            GroupConsumer consumer,
            Receiver receiver,
            KeyedLanes lanes,
            Audience audience,
            FlowControl flow,
            Queue<Delivery> returned) {
        this.parts = parts;
        this.consumer = consumer;
        this.receiver = receiver;
        this.holdWatch = parts.makeHoldWatch(consumer.isEphemeral());
        this.lanes = lanes;
        this.audience = audience;
        this.flow = flow;
        this.returned = returned;
    }

    /** Whether what came from it can still be settled. Any thread. */
    boolean isLive() {
        return live;
    }

    /** Since when it has held, at most, what the present poll brought. */
    long heldSince() {
        return holdWatch.since();
    }

    /**
     * Receives until it is stopped, lost, or has held something too long; its receiver is closed then. In the last case it ends
     * in order and the next one begins at once: giving back the one delivery that is held too long would, on a broker that puts it
     * behind others, break the order of its key.
     *
     * @return what it was lost by, or null if it was not
     */
    @Nullable TransportException receive(BooleanSupplier stopped) {
        flow.begin();
        try {
            boolean heldTooLong = false;
            while (!stopped.getAsBoolean() && !heldTooLong) {
                poll();
                heldTooLong = isHeldTooLong();
            }
            if (heldTooLong) {
                giveBackAll();
            } else {
                end();
            }
            return null;
        } catch (RuntimeException | Error e) {
            end();
            return SessionOpener.classify(e);
        }
    }

    private void poll() {
        if (flow.isDraining() && !drained) {
            receiver.drain();
            drained = true;
        }
        if (drained) {
            releaseReturned();
        }
        bind();
        int room = room();
        holdWatch.polling(room);
        List<Delivery> deliveries = receiver.poll(room, holdWatch.interval());
        flow.taking(deliveries);
        deliveries.forEach(this::take);
        holdWatch.polled(room, deliveries.size());
    }

    private void bind() {
        for (Registration next = audience.nextUnbound(); next != null; next = audience.nextUnbound()) {
            next.selector().patterns().forEach(receiver::bind);
            next.becomeReady();
        }
    }

    private int room() {
        return audience.isPaused() ? 0 : flow.room();
    }

    private void take(Delivery delivery) {
        if (isForAnother(delivery.message())) {
            delivery.accept();
            return;
        }
        parts.stats().count(Counter.RECEIVED);
        flow.taken();
        DeliveryWork work = new DeliveryWork(parts, consumer, this, delivery, ++arrivals);
        if (!lanes.submit(work.lane(), work)) {
            work.dropped();
        }
    }

    /** A broker without addresses for groups brings what one group's inbox gets to all of them. */
    private boolean isForAnother(Message message) {
        String inbox = message.attributes().get(HeaderNames.INBOX);
        return inbox != null && !inbox.equals(consumer.group().name());
    }

    /** Not once no more is asked for: then the session ends soon anyway, and handlers that end by then have their events settled. */
    private boolean isHeldTooLong() {
        if (flow.isStopped() || !holdWatch.isOver(this::allHeldSince)) {
            return false;
        }
        LOG.warn(
                "{} gives back all that it holds: something may have been held for {} ms, by a handler, between two attempts,"
                        + " behind another event of its key or for a paused subscription, and after {} ms the broker takes it"
                        + " away. What handlers are busy with is handled again. Where they need so long, raise the limit at"
                        + " the broker and in the transport's option",
                consumer.name(),
                holdWatch.longest().toMillis(),
                holdWatch.limit().toMillis());
        return true;
    }

    private List<Long> allHeldSince() {
        return lanes.all(this::isOwn).stream()
                .map(work -> ((DeliveryWork) work).heldSince())
                .toList();
    }

    private boolean isOwn(KeyedLanes.Work work) {
        return work instanceof DeliveryWork one && one.session().equals(this);
    }

    /** What no handler has begun is forgotten, since the broker delivers it again; what runs finds out at its end. */
    private void end() {
        forget();
        releaseReturned();
        close();
    }

    /** All at once, by the end of the session: one that was released before would be ahead of what handlers are busy with. */
    private void giveBackAll() {
        forget();
        returned.clear();
        close();
    }

    private void forget() {
        live = false;
        lanes.drop(this::isOwn).forEach(KeyedLanes.Work::dropped);
    }

    private void releaseReturned() {
        for (Delivery next = returned.poll(); next != null; next = returned.poll()) {
            next.release();
        }
    }

    private void close() {
        parts.errors().closeQuietly("the receiver of " + consumer.name(), receiver);
    }
}
