package io.eventbus.tck.chaos;

import io.eventbus.spi.Group;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.history.HistoryRecorder;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where a scenario is played, and what can be done there. Thread-safe. */
interface Stage {

    /** What can be caused here. */
    Set<Trouble> troubles();

    /** Begins to start a member; its time is that of the recorder. */
    Member enter(Group group, Chronicle chronicle);

    /** Makes a started bus that publishes. */
    BusUnderTest publisher(String topic);

    /** What connects a publisher with the broker. */
    Network network(BusUnderTest publisher);

    /** Makes a started bus that looks into the dead letters of a group, and is no member of it. */
    BusUnderTest inspector(Group group);

    /** How fast a play goes that begins now. */
    Pace pace(Load load, Setting setting);

    /** What can be done to the broker. */
    Optional<BrokerControl> broker();

    /**
     * What the members of one play write into.
     *
     * @param recorder for those of this JVM, which then say what they have handled
     * @param origin the origin of its time, for those of other JVMs
     * @param shared gives one text for all equal ones
     * @param handled told the id of what was handled with success, by members of this JVM
     */
    record Chronicle(HistoryRecorder recorder, long origin, UnaryOperator<String> shared, Consumer<String> handled) {}
}
