package io.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a transport says of a receiver that it cannot open. */
class ReceiverSpecTest {

    @Test
    @DisplayName("a member joins a group, which is named with its topic")
    void member() {
        assertThat(spec("billing", false).purpose()).isEqualTo("join group billing of topic orders");
    }

    @Test
    @DisplayName("of an ephemeral subscription the topic is named, not the group, which nobody gave")
    void ephemeral() {
        assertThat(spec("ephemeral-1", true).purpose()).isEqualTo("subscribe to topic orders");
    }

    private static ReceiverSpec spec(String group, boolean ephemeral) {
        return new ReceiverSpec(
                new Group("orders", group), "member", Set.of(RoutingPattern.ALL), 1, StartFrom.LATEST, ephemeral);
    }
}
