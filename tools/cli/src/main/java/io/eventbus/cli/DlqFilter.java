package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant: those that fit all options that are given. */
final class DlqFilter {
    @Option(
            names = "--type",
            paramLabel = "PATTERN",
            description =
                    "Only those whose aggregateType.type fits, such as 'Order.*': * is exactly one word, # any number.")
    private @Nullable String type;

    @Option(names = "--key", paramLabel = "KEY", description = "Only those with this key.")
    private @Nullable String key;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only those with this reason: ${COMPLETION-CANDIDATES}.")
    private @Nullable DeadLetterReason reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that failed last at this time or later, such as 2026-01-31T12:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--before", paramLabel = "TIME", description = "Only those that failed last before this time.")
    private @Nullable Instant before;

    DeadLetterFilter toFilter() {
        DeadLetterFilter filter = DeadLetterFilter.all();
        filter = type == null ? filter : filter.withType(type);
        filter = key == null ? filter : filter.withKey(key);
        filter = reason == null ? filter : filter.withReason(reason);
        filter = since == null ? filter : filter.withFailedFrom(since);
        return before == null ? filter : filter.withFailedBefore(before);
    }
}
