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

    /** All are told first, so that nothing begins another attempt between two of the steps. */
    @Override
    public void revoking(Predicate<Delivery> which, Duration within) {
        Predicate<KeyedLanes.Work> leaving = work -> work instanceof DeliveryWork one && which.test(one.delivery());
        lanes.all(leaving).forEach(work -> ((DeliveryWork) work).leaving());
        lanes.drop(leaving).forEach(KeyedLanes.Work::dropped);
        List<KeyedLanes.Work> late = lanes.awaitEnd(leaving, Deadline.in(within));
        late.forEach(work -> ((DeliveryWork) work).lost());
        if (!late.isEmpty()) {
            LOG.warn(
                    "{} events went to another member of the group while handlers were busy with them; they are handled"
                            + " again there",
                    late.size());
        }
    }
}
