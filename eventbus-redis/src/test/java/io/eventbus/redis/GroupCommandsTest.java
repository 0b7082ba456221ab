package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the commands for a group do when another member is faster. */
class GroupCommandsTest {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName(
            "what is asked for by its ids is all that is taken over, also when another member has taken it meanwhile")
    void claimsThoseAlone() throws Exception {
        fixture.cli("XGROUP", "CREATE", fixture.key, "g", "$", "MKSTREAM");
        fixture.send(1, 2);
        fixture.cli("XREADGROUP", "GROUP", "g", "dead", "COUNT", "2", "STREAMS", fixture.key, ">");
        Fixture.age(fixture.broker, fixture.key, Fixture.LEASE);
        String first = pending("dead").get(0);
        fixture.cli("XCLAIM", fixture.key, "g", "faster", "0", first);

        GroupCommands slower = new GroupCommands(
                fixture.link(fixture.broker.url()), fixture.key, fixture.group, "slower", Fixture.LEASE);
        assertThat(slower.claim(List.of(first)).entries()).isEmpty();
        assertThat(pending("faster")).hasSize(1);
        assertThat(pending("dead")).as("what it may have died of").hasSize(1);
    }

    /** The entries that a member has. */
    private List<String> pending(String member) {
        return fixture.cli("XPENDING", fixture.key, "g", "-", "+", "10", member)
                .lines()
                .filter(line -> line.matches("\\d+-\\d+"))
                .toList();
    }
}
