package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.broken.UnbrokenHarness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KitTest {

    private static final Broker WITHOUT_LOGINS = new Broker(true, null);
    private static final Broker WITH_LOGINS = new Broker(true, "broker://stranger@host");

    @Test
    @DisplayName("A login that the shared broker has not comes from a broker of the test's own")
    void loginOfOwnBroker() {
        try (Kit kit = Kit.on(new Brokers(WITHOUT_LOGINS, WITH_LOGINS))) {
            assertThat(kit.loginWithoutRights()).isEqualTo(WITH_LOGINS.login());
        }
    }

    @Test
    @DisplayName("A transport with network whose harness has no logins leaves open what needs them")
    void noLogins() {
        try (Kit kit = Kit.on(new Brokers(WITHOUT_LOGINS, WITHOUT_LOGINS))) {
            assertThatThrownBy(kit::loginWithoutRights)
                    .isInstanceOf(Inconclusive.class)
                    .hasMessageContaining("user without rights");
        }
    }

    @Test
    @DisplayName("What needs a login does not apply to a transport that has neither network nor logins")
    void noNetwork() {
        try (Kit kit = Kit.on(new Brokers(new Broker(false, null), WITH_LOGINS))) {
            assertThatThrownBy(kit::loginWithoutRights).isInstanceOf(NotApplicable.class);
        }
    }

    @Test
    @DisplayName("A broker for one test that cannot be started is an error of the environment")
    void noBroker() {
        try (Kit kit = Kit.on(new Brokers(WITHOUT_LOGINS, null))) {
            assertThatThrownBy(kit::loginWithoutRights)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("told to fail");
        }
    }

    /** @param own null if it cannot be started */
    private record Brokers(Broker shared, @Nullable Broker own) implements TransportHarness {

        @Override
        public String transport() {
            return provider().name();
        }

        @Override
        public TransportProvider provider() {
            return new UnbrokenHarness().provider();
        }

        @Override
        public Environment start() {
            return shared;
        }

        @Override
        public Optional<Environment> startAlone() throws IOException {
            if (own == null) {
                throw new IOException("told to fail");
            }
            return Optional.of(own);
        }
    }

    /** A broker that nobody calls. */
    private record Broker(boolean networked, @Nullable String login) implements Environment {

        @Override
        public String url() {
            return "broker://host";
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return networked ? Optional.of(InetSocketAddress.createUnresolved("host", 1)) : Optional.empty();
        }

        @Override
        public Optional<String> loginWithoutRights() {
            return Optional.ofNullable(login);
        }

        @Override
        public void close() {}
    }
}
