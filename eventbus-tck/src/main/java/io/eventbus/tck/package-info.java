/**
 * The conformance kit: the rules of the bus as tests for any transport.
 *
 * <p>Each test carries the number of its {@link io.eventbus.tck.Rule} and ends in a {@link io.eventbus.tck.RuleResult}. Tests
 * wait with {@link io.eventbus.tck.Await}, whose limits come from {@link io.eventbus.tck.Timing}; where nothing must happen and
 * no fence can prove it, they watch a {@link io.eventbus.tck.QuietWindow}. What handlers see goes into {@link
 * io.eventbus.tck.Collected}; what a scenario does and sees, into {@link io.eventbus.tck.history}. {@link io.eventbus.tck.net}
 * breaks connections, {@link io.eventbus.tck.report} tells the results.
 */
@NullMarked
package io.eventbus.tck;

import org.jspecify.annotations.NullMarked;
