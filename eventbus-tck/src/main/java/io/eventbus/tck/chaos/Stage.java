package io.eventbus.tck.chaos;

import io.eventbus.spi.Group;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.history.HistoryRecorder;
import java.time.Duration;
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

    /** Makes the recorder of a play that begins at a moment of {@link System#nanoTime()}. */
    HistoryRecorder recorder(long origin);

    /**
     * How long after a fault, or its healing, both sides may take to notice, and how long before it an acknowledgement may have
     * left that the fault takes away; in the time of the recorder.
     */
    Duration reach();

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
