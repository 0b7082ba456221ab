package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommandBusTest {

    @Test
    @DisplayName("the bus of a command waits thrice as long for its broker as that of a program that runs already")
    void openTimeout() {
        assertThatThrownBy(() ->
                        CommandBus.builder().transport(new Teller()).topic("t").build())
                .hasMessageContaining("told to open within PT30S");
    }

    /** Says what it was told, and makes nothing. */
    private static final class Teller implements TransportProvider {
        @Override
        public String name() {
            return "teller";
        }

        @Override
        public Set<String> schemes() {
            return Set.of("teller");
        }

        @Override
        public URI defaultUrl() {
            return URI.create("teller:any");
        }

        @Override
        public List<OptionDescriptor> options() {
            return List.of();
        }

        @Override
        public Transport create(TransportConfig config) {
            throw new IllegalArgumentException("told to open within " + config.openTimeout());
        }
    }
}
