package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.broken.UnbrokenHarness;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BrokenEnvironmentTest {

    /** Used by its name. */
    enum Harness implements TransportHarness {
        /** There is no broker at all. */
        NO_BROKER {
            @Override
            public Environment start() throws IOException {
                throw new IOException("told to fail");
            }
        };

        @Override
        public String transport() {
            return provider().name();
        }

        @Override
        public TransportProvider provider() {
            return new UnbrokenHarness().provider();
        }
    }

    @Test
    @DisplayName("Where there is no broker, a rule is not broken: it ends in an error that says so")
    void noBroker() {
        assertThat(new RuleRunner().harness(Harness.NO_BROKER).run(RuleTests.of(Set.of("PUB-1"))))
                .isNotEmpty()
                .allSatisfy(run -> {
                    assertThat(run.result()).isEqualTo(RuleResult.ERROR);
                    assertThat(run.detail())
                            .contains("no broker for the transport")
                            .contains("told to fail");
                });
    }
}
