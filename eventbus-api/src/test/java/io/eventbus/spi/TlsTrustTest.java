package io.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the option that says whom to trust. */
class TlsTrustTest {
    private static final OptionDescriptor OPTION = TlsTrust.option("my.trusted-certificates");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("without the option the JVM's own trust counts")
    void jvm() throws NoSuchAlgorithmException {
        assertThat(TlsTrust.context(config(""), OPTION)).isSameAs(SSLContext.getDefault());
    }

    @Test
    @DisplayName("a file that is not there is refused by the option's name, without the value")
    void missing() {
        assertRefused(folder.resolve("canary.pem"));
    }

    @Test
    @DisplayName("a file without certificates is refused")
    void empty() throws Exception {
        assertRefused(Files.writeString(folder.resolve("canary.pem"), ""));
    }

    @Test
    @DisplayName("a file of something else is refused")
    void other() throws Exception {
        assertRefused(Files.writeString(folder.resolve("canary.pem"), "-----BEGIN CERTIFICATE-----\nno\n"));
    }

    @Test
    @DisplayName("a value that can be no path is refused")
    void noPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrust.context(config("\0canary"), OPTION))
                .withMessageContaining(OPTION.name())
                .withMessageNotContaining("canary");
    }

    @Test
    @DisplayName("where there is no TLS the option is refused, and nothing else")
    void unused() {
        TlsTrust.requireUnused(config(""), OPTION);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrust.requireUnused(config("a.pem"), OPTION))
                .withMessageContaining(OPTION.name());
    }

    private static void assertRefused(Path file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrust.context(config(file.toString()), OPTION))
                .withMessageContaining("bad value of option " + OPTION.name())
                .withMessageNotContaining("canary");
    }

    private static TransportConfig config(String file) {
        return new TransportConfig(URI.create("my://host"), Map.of(OPTION.name(), file), Duration.ofSeconds(1), "test");
    }
}
