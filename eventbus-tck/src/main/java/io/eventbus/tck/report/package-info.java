/**
 * What a run of the kit says at its end.
 *
 * <p>An extension makes a {@link io.eventbus.tck.report.RuleRun} of each test and publishes it as a report entry of JUnit; a
 * {@link io.eventbus.tck.report.ConformanceListener} collects them into a {@link io.eventbus.tck.report.ConformanceReport} and
 * writes that when the run is over.
 */
@NullMarked
package io.eventbus.tck.report;

import org.jspecify.annotations.NullMarked;
