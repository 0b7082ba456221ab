/**
 * Rates and latencies of the bus beside those of the brokers' own clients. {@link io.eventbus.benchmarks.Main} runs {@link
 * io.eventbus.benchmarks.BenchmarkCommand}; {@link io.eventbus.benchmarks.Subject} names what can be measured; a {@link
 * io.eventbus.benchmarks.Comparison} lets two {@link io.eventbus.benchmarks.Client}s take turns at each {@link
 * io.eventbus.benchmarks.Stage}. A further broker is a {@link io.eventbus.benchmarks.RawClient} and a constant of
 * {@link io.eventbus.benchmarks.Subject}.
 *
 * <p>There is no JMH here: it measures calls of micro- or nanoseconds in JVMs of their own. A run against a broker takes
 * seconds, waits for disks and sockets, and is comparable only with what ran beside it on the same broker; warming up,
 * taking turns and medians are all of it that would be used.
 */
@NullMarked
package io.eventbus.benchmarks;

import org.jspecify.annotations.NullMarked;
