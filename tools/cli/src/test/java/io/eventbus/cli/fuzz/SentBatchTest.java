package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is found of what was sent. */
class SentBatchTest {
    private static final byte[] BODY = {1};

    private final SentBatch batch = SentBatch.first();

    @Test
    @DisplayName("of two with the same body, one that comes twice does not stand in for the other")
    void sameBody() {
        batch.add(BODY, sent(Map.of("id", "1")));
        batch.add(BODY, sent(Map.of("id", "2")));
        batch.find(shown(Map.of("id", "1")));
        batch.find(shown(Map.of("id", "1")));

        assertThat(batch.found()).isEqualTo(1);
        assertThat(batch.headersAltered()).isZero();
    }

    @Test
    @DisplayName("one that is altered leaves another with the same body to be found")
    void altered() {
        batch.add(BODY, sent(Map.of("id", "1", "headers.h", "a")));
        batch.add(BODY, sent(Map.of("id", "2", "headers.h", "a")));
        batch.find(shown(Map.of("id", "2", "headers.h", "b")));
        batch.find(shown(Map.of("id", "1", "headers.h", "a")));

        assertThat(batch.found()).isEqualTo(1);
        assertThat(batch.headersAltered()).isEqualTo(1);
        assertThat(batch.difference()).isEqualTo("headers.h was \"a\", and is \"b\"");
    }

    @Test
    @DisplayName("a header that is gone, and one that was not sent, are differences")
    void goneAndAdded() {
        batch.add(BODY, sent(Map.of("headers.h", "a")));
        batch.find(shown(Map.of()));
        batch.find(shown(Map.of("headers.h", "a", "headers.i", "")));

        assertThat(batch.headersAltered()).isEqualTo(2);
        assertThat(batch.difference()).isEqualTo("headers.h was \"a\", and is not there");
    }

    @Test
    @DisplayName("what was not found may have been handled if it is of the type and can be read, and not otherwise")
    void unreadable() {
        Expectation fuzzed = sent(Map.of("aggregateType", "Fuzz", "type", "Fuzzed"));
        byte[] readable = "{\"id\":\"k\",\"number\":1,\"text\":\"\"}".getBytes(UTF_8);
        byte[] truncated = "{\"id\":\"k\",\"number\":1,".getBytes(UTF_8);
        batch.add(readable, fuzzed);
        batch.add(readable, sent(Map.of("aggregateType", "Fuzz", "type", "Other")));
        batch.add(truncated, fuzzed);

        assertThat(batch.unreadableNotFound()).isEqualTo(2);
    }

    @Test
    @DisplayName("what the bus has to make up may be anything")
    void open() {
        batch.add(BODY, new Expectation(Map.of("type", ""), Set.of("id")));
        batch.find(shown(Map.of("type", "", "id", "made up")));

        assertThat(batch.found()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "what has its own id is not taken for one of the same body that was sent without, in whatever order they come")
    void openBesideGiven() {
        batch.add(BODY, new Expectation(Map.of(), Set.of("id")));
        batch.add(BODY, sent(Map.of("id", "1")));
        batch.find(shown(Map.of("id", "1")));
        batch.find(shown(Map.of("id", "made up")));

        assertThat(batch.found()).isEqualTo(2);
    }

    @Test
    @DisplayName("a letter, which shows no attributes, is not missed for that; a line is")
    void attributes() {
        batch.add(BODY, sent(Map.of("attributes.time", "never")));
        batch.find(new Shown(ByteBuffer.wrap(BODY), Map.of(), false));
        assertThat(batch.headersAltered()).isZero();

        batch.find(shown(Map.of()));
        assertThat(batch.headersAltered()).isEqualTo(1);
    }

    @Test
    @DisplayName("a body that was not sent is altered, unless it is a repeat of the batch before")
    void late() {
        batch.add(BODY, sent(Map.of("id", "1")));
        SentBatch next = batch.next();
        next.find(shown(Map.of("id", "1")));
        assertThat(next.bodiesAltered()).isZero();

        SentBatch third = next.next();
        third.find(shown(Map.of("id", "1")));
        assertThat(third.bodiesAltered()).isEqualTo(1);
    }

    private static Expectation sent(Map<String, String> texts) {
        return new Expectation(texts, Set.of());
    }

    private static Shown shown(Map<String, String> texts) {
        return new Shown(ByteBuffer.wrap(BODY), texts, true);
    }
}
