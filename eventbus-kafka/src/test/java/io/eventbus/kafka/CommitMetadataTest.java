package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a commit says beside its offset. */
class CommitMetadataTest {

    private static final int BROKERS_LIMIT = 4096;

    @Test
    @DisplayName("what is written is read: the unsettled offsets with their deliveries, and how far the group has come")
    void roundTrip() {
        CommitMetadata metadata = new CommitMetadata(120, unsettled(Map.of(100L, 1, 101L, 1, 103L, 2, 110L, 300)));

        CommitMetadata read = CommitMetadata.decode(100, metadata.encode(100));

        assertThat(read).isEqualTo(metadata);
        assertThat(read.settledAbove(100)).isEqualTo(16);
    }

    @Test
    @DisplayName("with nothing settled out of turn, there is nothing to say")
    void nothing() {
        CommitMetadata metadata = new CommitMetadata(7, new TreeMap<>());

        assertThat(metadata.encode(7)).isEqualTo("eb1:");
        assertThat(CommitMetadata.decode(7, "eb1:")).isEqualTo(metadata);
    }

    @Test
    @DisplayName("what another program wrote says nothing")
    void foreign() {
        assertThat(CommitMetadata.decode(7, "some note")).isEqualTo(new CommitMetadata(7, new TreeMap<>()));
    }

    @Test
    @DisplayName("offsets in a row take no more room than one")
    void runs() {
        NavigableMap<Long, Integer> unsettled = new TreeMap<>();
        for (long offset = 0; offset < CommitMetadata.MAX_UNSETTLED; offset++) {
            unsettled.put(offset, 1);
        }

        assertThat(new CommitMetadata(CommitMetadata.MAX_UNSETTLED, unsettled).encode(0))
                .hasSizeLessThan(12);
    }

    @RepeatedTest(20)
    @DisplayName("as many unsettled offsets as are allowed fit, far apart and often delivered as they may be")
    void fits() {
        Random random = new Random();
        NavigableMap<Long, Integer> unsettled = new TreeMap<>();
        long offset = 1_000_000_000L;
        for (int i = 0; i < CommitMetadata.MAX_UNSETTLED; i++) {
            unsettled.put(offset, 10_000 + random.nextInt(1_000_000));
            offset += 2 + random.nextInt(100_000_000);
        }

        String text = new CommitMetadata(offset, unsettled).encode(1_000_000_000L);

        assertThat(text).hasSizeLessThanOrEqualTo(BROKERS_LIMIT);
        CommitMetadata read = CommitMetadata.decode(1_000_000_000L, text);
        assertThat(read.unsettled().keySet()).isEqualTo(unsettled.keySet());
        assertThat(read.next()).isEqualTo(offset);
    }

    private static NavigableMap<Long, Integer> unsettled(Map<Long, Integer> offsets) {
        return new TreeMap<>(offsets);
    }
}
