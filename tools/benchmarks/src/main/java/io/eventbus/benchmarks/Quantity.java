package io.eventbus.benchmarks;

/** What is measured. */
enum Quantity {
    /** Events that are published and accepted in a second, without waiting for each. */
    PUBLISH_RATE("publish", Unit.PER_SECOND),
    /** Events that are handled in a second, from a backlog. */
    CONSUME_RATE("consume", Unit.PER_SECOND),
    /** From the call to its return, which waits for the broker. */
    PUBLISH_P50("publish, p50", Unit.MICROSECONDS),
    /** The same, of the slowest of a hundred. */
    PUBLISH_P99("publish, p99", Unit.MICROSECONDS),
    /** From before the call to the handler, at a low rate. */
    END_TO_END_P50("end to end, p50", Unit.MICROSECONDS),
    /** The same, of the slowest of a hundred. */
    END_TO_END_P99("end to end, p99", Unit.MICROSECONDS);

    /** In what it is counted. */
    enum Unit {
        PER_SECOND("events/s"),
        MICROSECONDS("µs");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    private final String label;
    private final Unit unit;

    Quantity(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    Unit unit() {
        return unit;
    }

    @Override
    public String toString() {
        return label;
    }
}
