package io.eventbus.benchmarks;

import java.io.IOException;

/** The parts of a round, in their order: the backlog that those before it leave behind is what the last consumes. */
enum Stage {
    END_TO_END,
    PUBLISH_LATENCY,
    PUBLISH_RATE,
    CONSUME_RATE;

    void run(Round round) throws IOException {
        switch (this) {
            case END_TO_END -> round.endToEnd();
            case PUBLISH_LATENCY -> round.publishLatency();
            case PUBLISH_RATE -> round.publishRate();
            case CONSUME_RATE -> round.consumeRate();
        }
    }
}
