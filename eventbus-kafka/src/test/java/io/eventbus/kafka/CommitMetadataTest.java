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

    private static final int LIMIT = MetadataLimit.DEFAULT;
    private static final int MANY = new MetadataLimit().unsettled();
    private static final long BASE = 1_000_000_000L;

    @Test
    @DisplayName("what is written is read: the unsettled offsets with their deliveries, and how far the group has come")
    void roundTrip() {
        CommitMetadata metadata = new CommitMetadata(120, unsettled(Map.of(100L, 1, 101L, 1, 103L, 2, 110L, 300)));

        CommitMetadata read = CommitMetadata.decode(100, metadata.encode(100, LIMIT));

        assertThat(read).isEqualTo(metadata);
        assertThat(read.settledAbove(100)).isEqualTo(16);
    }

    @Test
    @DisplayName("with nothing settled out of turn, there is nothing to say")
    void nothing() {
        CommitMetadata metadata = new CommitMetadata(7, new TreeMap<>());

        assertThat(metadata.encode(7, LIMIT)).isEqualTo("eb1:");
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
        for (long offset = 0; offset < MANY; offset++) {
            unsettled.put(offset, 1);
        }

        assertThat(new CommitMetadata(MANY, unsettled).encode(0, LIMIT)).hasSizeLessThan(12);
    }

    @RepeatedTest(20)
    @DisplayName("as many unsettled offsets as are allowed fit, far apart and often delivered as they may be")
    void fits() {
        MetadataLimit limit = new MetadataLimit();
        do {
            CommitMetadata metadata = scattered(limit.unsettled());

            String text = metadata.encode(BASE, limit.characters());

            assertThat(text).hasSizeLessThanOrEqualTo(limit.characters());
            CommitMetadata read = CommitMetadata.decode(BASE, text);
            assertThat(read.unsettled().keySet()).isEqualTo(metadata.unsettled().keySet());
            assertThat(read.next()).isEqualTo(metadata.next());
        } while (limit.lower(limit.characters()));
    }

    @Test
    @DisplayName("what is too long is cut: it is exact before the cut, and what is behind counts as never given out")
    void cut() {
        CommitMetadata metadata = new CommitMetadata(
                20, unsettled(Map.of(0L, 5, 2L, 4, 4L, 3, 6L, 1, 8L, 2, 10L, 7, 12L, 2, 14L, 9, 16L, 2, 18L, 2)));

        String text = metadata.encode(0, 32);

        assertThat(text).hasSizeLessThanOrEqualTo(32);
        CommitMetadata read = CommitMetadata.decode(0, text);
        assertThat(read.next()).isBetween(10L, 20L);
        assertThat(read.unsettled()).isEqualTo(metadata.unsettled().headMap(read.next()));
    }

    @Test
    @DisplayName("the least that may be said is that nothing was given out")
    void cutToNothing() {
        String text = scattered(3).encode(BASE, CommitMetadata.VERSION.length());

        assertThat(CommitMetadata.decode(BASE, text)).isEqualTo(new CommitMetadata(BASE, new TreeMap<>()));
    }

    private static CommitMetadata scattered(int count) {
        Random random = new Random();
        NavigableMap<Long, Integer> unsettled = new TreeMap<>();
        long offset = BASE;
        for (int i = 0; i < count; i++) {
            unsettled.put(offset, 10_000 + random.nextInt(1_000_000));
            offset += 2 + random.nextInt(100_000_000);
        }
        return new CommitMetadata(offset, unsettled);
    }

    private static NavigableMap<Long, Integer> unsettled(Map<Long, Integer> offsets) {
        return new TreeMap<>(offsets);
    }
}
