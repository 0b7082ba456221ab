package io.eventbus.cli;

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

    /** How many letters were found, and where; if none, that a name may be mistyped. */
    String found(long count) {
        String letters = count + (count == 1 ? " dead letter" : " dead letters") + " of " + this;
        return count == 0 ? letters + "; a group that does not exist has none either" : letters;
    }

    @Override
    public String toString() {
        return "group " + group + " of topic " + topic + namespace;
    }
}
