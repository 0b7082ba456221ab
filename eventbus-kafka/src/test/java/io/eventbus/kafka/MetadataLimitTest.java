package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What sessions learn of how much a broker takes. */
class MetadataLimitTest {

    private final MetadataLimit limit = new MetadataLimit();

    @Test
    @DisplayName("two sessions that are refused the same have learned one thing")
    void sameRefusal() {
        assertThat(limit.lower(MetadataLimit.DEFAULT)).isTrue();
        assertThat(limit.lower(MetadataLimit.DEFAULT)).isTrue();

        assertThat(limit.characters()).isEqualTo(MetadataLimit.DEFAULT / 2);
    }

    @Test
    @DisplayName("a broker that takes too little for anything changes nothing")
    void tooLittle() {
        assertThat(limit.lower(CommitMetadata.VERSION.length())).isFalse();

        assertThat(limit.characters()).isEqualTo(MetadataLimit.DEFAULT);
    }
}
