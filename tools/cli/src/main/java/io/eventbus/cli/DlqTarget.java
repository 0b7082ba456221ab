package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetters;
import io.eventbus.EventBus;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose dead letters are meant. */
final class DlqTarget {
    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "The topic of the group.")
    private String topic = "";

    @Option(names = "--group", paramLabel = "GROUP", required = true, description = "Whose dead letters.")
    private String group = "";

    /** What is done with them. */
    interface Work {
        int on(DeadLetters letters) throws IOException;
    }

    /** Does it on a bus that is no member of the group. */
    int with(Work work) throws IOException {
        try (EventBus bus =
                namespace.builder().url(url.require()).topic(topic).group(group).build()) {
            bus.start();
            return work.on(bus.deadLetters());
        }
    }

    /** How many letters fit, and where; if none, of how many, or that a name may be mistyped. */
    String found(long count, DeadLetters letters, DeadLetterFilter filter) {
        if (count > 0) {
            return counted(count);
        }
        long others = filter.isAll() ? 0 : letters.count(DeadLetterFilter.all());
        if (others == 0) {
            return counted(0) + "; a group that does not exist has none either";
        }
        return others == 1
                ? "the only dead letter of " + this + " does not fit"
                : "none of " + counted(others) + " fits";
    }

    /** So many letters of this group. */
    String counted(long count) {
        return count + (count == 1 ? " dead letter" : " dead letters") + " of " + this;
    }

    @Override
    public String toString() {
        return "group " + group + " of topic " + topic + namespace;
    }
}
