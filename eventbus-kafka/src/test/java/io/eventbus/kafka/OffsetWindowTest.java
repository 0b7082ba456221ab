package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a group has settled of a partition, from one member to the next. */
class OffsetWindowTest {

    private final OffsetWindow window = new OffsetWindow(new OffsetAndMetadata(10));

    @Test
    @DisplayName("the lowest unsettled offset is committed, however much is settled above it")
    void lowest() {
        claim(window, 10, 15);
        settle(window, 11, 12, 14);

        assertThat(window.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(10);
        settle(window, 10);
        assertThat(window.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(13);
        settle(window, 13);
        assertThat(window.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(15);
    }

    @Test
    @DisplayName("the next member gets what is not settled, and nothing of what is")
    void next() {
        claim(window, 10, 15);
        settle(window, 11, 12, 14);

        assertThat(claim(new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT)), 10, 18))
                .containsExactly(10L, 13L, 15L, 16L, 17L);
    }

    @Test
    @DisplayName("what a member before us had takes no further room when it is fetched again")
    void fetchedAgain() {
        claim(window, 10, 410);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));

        assertThat(second.sizeAfter(200)).isEqualTo(400);
        claim(second, 10, 210);
        assertThat(second.sizeAfter(200)).isEqualTo(400);
        claim(second, 210, 410);
        assertThat(second.sizeAfter(200)).isEqualTo(600);
    }

    @Test
    @DisplayName("an offset that was fetched before shows that the log has begun again")
    void beginsAgain() {
        claim(window, 10, 12);

        assertThat(window.isPast(11)).isTrue();
        assertThat(window.isPast(12)).isFalse();
    }

    @Test
    @DisplayName("deliveries are counted from member to member, each offset's own")
    void counts() {
        claim(window, 10, 12);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));
        claim(second, 10, 13);
        OffsetWindow third = new OffsetWindow(second.toCommit(MetadataLimit.DEFAULT));
        claim(third, 10, 14);

        assertThat(List.of(third.deliveries(10), third.deliveries(11), third.deliveries(12), third.deliveries(13)))
                .containsExactly(3, 3, 2, 1);
    }

    @Test
    @DisplayName("what goes back in order does not count as delivered")
    void givenBack() {
        claim(window, 10, 13);
        window.giveBack(12);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));
        claim(second, 10, 13);

        assertThat(List.of(second.deliveries(10), second.deliveries(12))).containsExactly(2, 1);
        second.giveBackAll();
        OffsetWindow third = new OffsetWindow(second.toCommit(MetadataLimit.DEFAULT));
        claim(third, 10, 13);
        assertThat(List.of(third.deliveries(10), third.deliveries(12))).containsExactly(2, 1);
    }

    @Test
    @DisplayName("what was delivered before counts as delivered again only once it is claimed")
    void claimedOneByOne() {
        claim(window, 10, 13);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));
        LongStream.range(10, 14).forEach(second::fetch);
        second.claimAgain(10);

        assertThat(LongStream.range(10, 14).filter(second::isClaimed)).containsExactly(10L, 13L);
        OffsetWindow third = new OffsetWindow(second.toCommit(MetadataLimit.DEFAULT));
        assertThat(LongStream.range(10, 14).filter(third::fetch).mapToInt(third::deliveries))
                .containsExactly(2, 1, 1, 1);
    }

    @Test
    @DisplayName("what goes back before it was claimed keeps its count")
    void givenBackUnclaimed() {
        claim(window, 10, 12);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));
        second.fetch(10);
        second.fetch(11);
        second.giveBack(11);
        second.giveBackAll();

        assertThat(second.unsettled()).containsExactly(Map.entry(10L, 1), Map.entry(11L, 1));
    }

    @Test
    @DisplayName("offsets that do not exist hold up nothing")
    void gaps() {
        claim(window, 10);
        claim(window, 20);
        settle(window, 10, 20);

        assertThat(window.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(21);
    }

    @Test
    @DisplayName("what was not settled and exists no more is given up")
    void gone() {
        claim(window, 10, 13);
        OffsetWindow second = new OffsetWindow(window.toCommit(MetadataLimit.DEFAULT));
        claim(second, 12);

        assertThat(second.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(12);
        second.settle(12);
        assertThat(second.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(13);
    }

    @Test
    @DisplayName("a partition without a commit begins with the first that is fetched")
    void unknown() {
        OffsetWindow fresh = new OffsetWindow(null);
        assertThat(fresh.isChanged()).isFalse();
        assertThat(claim(fresh, 500)).isTrue();

        assertThat(fresh.toCommit(MetadataLimit.DEFAULT).offset()).isEqualTo(500);
    }

    @Test
    @DisplayName("there is something to commit after a claim and after a settlement, and not twice")
    void changed() {
        assertThat(window.isChanged()).isFalse();
        claim(window, 10);
        assertThat(window.isChanged()).isTrue();
        window.committed();
        assertThat(window.isChanged()).isFalse();
        window.settle(10);
        assertThat(window.isChanged()).isTrue();
        window.committed();
        window.settle(10);
        assertThat(window.isChanged()).isFalse();
    }

    private static List<Long> claim(OffsetWindow window, long from, long to) {
        List<Long> delivered = new ArrayList<>();
        LongStream.range(from, to).filter(offset -> claim(window, offset)).forEach(delivered::add);
        return delivered;
    }

    private static boolean claim(OffsetWindow window, long offset) {
        boolean unsettled = window.fetch(offset);
        window.claimAgain(offset);
        return unsettled;
    }

    private static void settle(OffsetWindow window, long... offsets) {
        LongStream.of(offsets).forEach(window::settle);
    }
}
