package io.eventbus.internal;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Revocations;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes deliveries out of the lanes that are about to belong to another member. */
final class LaneRevocations implements Revocations {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final KeyedLanes lanes;

    LaneRevocations(KeyedLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public void revoking(Predicate<Delivery> which, Duration within) {
        Predicate<KeyedLanes.Work> lost = work -> work instanceof DeliveryWork one && which.test(one.delivery());
        forget(lost);
        List<KeyedLanes.Work> late = lanes.awaitEnd(lost, Deadline.in(within));
        late.forEach(LaneRevocations::revoke);
        // what ran may have ended in a pause before its next attempt
        forget(lost);
        if (!late.isEmpty()) {
            LOG.warn(
                    "{} events went to another member of the group while handlers were busy with them; they are handled"
                            + " again there",
                    late.size());
        }
    }

    private void forget(Predicate<KeyedLanes.Work> lost) {
        for (KeyedLanes.Work work : lanes.drop(lost)) {
            revoke(work);
            work.dropped();
        }
    }

    private static void revoke(KeyedLanes.Work work) {
        ((DeliveryWork) work).revoke();
    }
}
