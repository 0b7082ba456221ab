package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the directories of brokers are made; that they go is in {@link LocalServerTest}. */
class ReaperTest {

    @Test
    @DisplayName("A directory is made below the one that is given")
    void given(@TempDir Path parent) throws IOException {
        assertThat(Reaper.newDirectory(parent.toString(), "broker-"))
                .hasParent(parent)
                .isDirectory();
    }

    @Test
    @DisplayName("Without one it is made among the system's temporary files")
    void notGiven() throws IOException {
        Path directory = Reaper.newDirectory("", "broker-");
        try {
            assertThat(directory).hasParent(Path.of(System.getProperty("java.io.tmpdir")));
        } finally {
            Files.delete(directory);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "/no/such/directory"})
    @DisplayName("A relative one, or one that is not there, is refused with the variable's name")
    void refused(String parent) {
        assertThatThrownBy(() -> Reaper.newDirectory(parent, "broker-"))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("EVENTBUS_BROKER_DATA is '" + parent + "'");
    }
}
