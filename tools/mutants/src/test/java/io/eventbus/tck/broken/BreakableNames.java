package io.eventbus.tck.broken;

import io.eventbus.spi.Group;
import io.eventbus.spi.ReceiverSpec;
import java.util.Locale;

/** What the broker calls topics and groups. Unbroken, two names never become one. */
final class BreakableNames {

    private final TransportMutant mutant;

    BreakableNames(TransportMutant mutant) {
        this.mutant = mutant;
    }

    String topic(String name) {
        return switch (mutant) {
            case MERGES_NAMES -> name.replaceAll("[^A-Za-z0-9-]", "_");
            case MERGES_CASE -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    String queue(Group group) {
        if (mutant == TransportMutant.JOINS_NAMES) {
            return group.topic() + ":" + group.name();
        }
        String topic = topic(group.topic());
        return topic.length() + ":" + topic + ":" + topic(group.name());
    }

    String queue(ReceiverSpec spec) {
        if (mutant == TransportMutant.EPHEMERAL_COMPETE && spec.ephemeral()) {
            return "ephemeral:" + topic(spec.group().topic());
        }
        return queue(spec.group());
    }
}
