package io.eventbus.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.eventbus.spi.ReceiverSpec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a session begins, before the broker pushes. It waits a moment while the queue has consumers: one of them may belong to
 * a member that has just died, and would give back what it held behind what this session had been given already. Then it
 * fetches for as long as it is asked for one message at a time, and nothing while it is asked for none, as by a member that is
 * paused: the broker counts everything that it has pushed as delivered, whether a handler ever saw it or not, and ends a session
 * that holds it for long. Used by the thread that polls.
 */
final class Entrance {

    /** How often to look whether the queue has consumers. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long at least to wait for members that may be dead; those that live stay. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How many looks to wait at least: a broker that answers late also learns late who is dead. Fewer than fit into that patience. */
    private static final int LOOKS = 100;

    private final Channel channel;
    private final String queue;
    private final ReceiverSpec spec;
    private final boolean counted;
    private final PushConsumer consumer;
    private final long patienceEnd = System.nanoTime() + PATIENCE_NANOS;
    private int looks;
    private boolean vacant;
    private @Nullable String tag;

    /** @param counted whether the queue counts deliveries: only then there is a reason to fetch */
    Entrance(Channel channel, String queue, ReceiverSpec spec, boolean counted, PushConsumer consumer) {
        this.channel = channel;
        this.queue = queue;
        this.spec = spec;
        this.counted = counted;
        this.consumer = consumer;
        this.vacant = spec.ephemeral();
    }

    /** How long a poll may wait for what is pushed, at most so many nanoseconds. */
    long bound(long nanos) {
        return vacant ? nanos : Math.min(nanos, LOOK_AGAIN_NANOS);
    }

    /**
     * Goes on as far as it can.
     *
     * @param room how many messages are asked for
     * @param holds whether the engine has a message of this session
     * @return a message that was fetched, or null
     */
    @Nullable RabbitDelivery advance(int room, boolean holds) throws IOException {
        if (tag != null || !isVacant() || room == 0) {
            return null;
        }
        GetResponse next = counted && room == 1 && !holds ? channel.basicGet(queue, false) : null;
        if (next == null) {
            push();
            return null;
        }
        return consumer.held(next.getEnvelope(), next.getProps(), next.getBody());
    }

    /** Has the broker push from now on. */
    void push() throws IOException {
        channel.basicQos(Math.min(spec.maxInFlight(), RabbitTopology.MAX_PREFETCH));
        tag = channel.basicConsume(queue, false, tag(), consumer);
    }

    /** Takes no more; what was pushed has arrived when it returns. */
    void shut() throws IOException {
        if (tag != null) {
            consumer.cancel(tag);
        }
    }

    private boolean isVacant() throws IOException {
        if (!vacant) {
            looks++;
            boolean patient = looks <= LOOKS || patienceEnd - System.nanoTime() > 0;
            vacant = !patient || channel.queueDeclarePassive(queue).getConsumerCount() == 0;
        }
        return vacant;
    }

    /**
     * A quorum queue takes back what a dead channel held consumer by consumer, in the order of their tags; that of the message that
     * was fetched is a number, and what was fetched came first.
     */
    private String tag() {
        String readable = "member " + spec.member();
        return ShortString.fits(readable) ? readable : "";
    }
}
