package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.code.AdapterCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DRV: a transport is a driver, and leaves all time and all threads to the engine. */
@Conformance
public class DriverRules {

    private static final List<String> EVERYBODYS =
            List.of("java", "javax", "io.eventbus.spi", "org.slf4j", "org.jspecify", "com.google.auto.service");

    /** Run by JUnit. */
    public DriverRules() {}

    @Test
    @Rule("DRV-1")
    @DisplayName("the transport knows the SPI, its client and slf4j, nothing else")
    final void knowsTheSpiOnly(Kit kit) {
        List<String> allowed = Stream.concat(EVERYBODYS.stream(), kit.clientPackages().stream())
                .toList();
        assertEquals(List.of(), code(kit).strangers(allowed));
    }

    @Test
    @Rule("DRV-2")
    @DisplayName("the transport makes no thread, keeps no timer, never sleeps")
    final void leavesTimeToTheEngine(Kit kit) {
        assertEquals(List.of(), code(kit).threads());
    }

    private static AdapterCode code(Kit kit) {
        return AdapterCode.of(kit.provider().getClass());
    }
}
