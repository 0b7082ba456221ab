package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DSC-2: what a transport says of itself is constant. That it is true is for the report to say, which knows all tests. */
@Conformance
public class DescriptionRules {

    private static final String KEY = "key";

    /** Run by JUnit. */
    public DescriptionRules() {}

    /** All that a transport says of itself. */
    private record Description(
            String name,
            Set<String> schemes,
            URI defaultUrl,
            List<OptionDescriptor> options,
            Set<Capability> capabilities,
            Limits limits,
            Optional<Duration> holdLimit) {

        static Description of(Kit kit, BusUnderTest bus) {
            TransportProvider provider = kit.provider();
            return new Description(
                    provider.name(),
                    provider.schemes(),
                    provider.defaultUrl(),
                    provider.options(),
                    bus.bus().capabilities(),
                    bus.limits(),
                    bus.holdLimit());
        }
    }

    @Test
    @Rule("DSC-2")
    @DisplayName("what a transport says of itself is the same before, during and after its use")
    final void constantInUse(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness witness = Witness.failing(event -> event.payload().number() == 1);
        BusUnderTest bus = kit.bus(topic, builder -> builder.group(group).retry(Kit.RETRY.withMaxAttempts(1)));
        bus.bus().subscribe(Sample.Placed.class, witness);
        Description before = Description.of(kit, bus);
        bus.start();
        assertEquals(before, Description.of(kit, bus), "when it is ready");
        bus.bus().publish(List.of(Sample.placed(KEY, 1), Sample.placed(KEY, 2)));
        kit.fence(bus, KEY, witness);
        kit.deadLetters(bus, 1);
        assertEquals(before, Description.of(kit, bus), "when it has published, handled and buried");
        bus.close();
        assertEquals(before, Description.of(kit, bus), "when it is closed");
    }

    @Test
    @Rule("DSC-2")
    @DisplayName("two buses on one broker are told the same, whatever has become of the other")
    final void sameForAll(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        BusUnderTest first = kit.member(topic, kit.name("group"), witness);
        Description ofFirst = Description.of(kit, first);
        BusUnderTest second = kit.publisher(topic);
        kit.fence(second, KEY, witness);
        kit.fence(second, KEY, witness);
        first.crash();
        second.bus().publish(Sample.placed(KEY, 1));
        assertEquals(ofFirst, Description.of(kit, second));
    }
}
