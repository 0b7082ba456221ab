/**
 * The rules of the bus, a class for each area, a test for each clause. Every class is a {@link io.eventbus.tck.Conformance}
 * class, every method final, marked with its {@link io.eventbus.tck.Rule}, and independent of all others, so that they may run
 * side by side; one that looks at the whole JVM, such as its threads, is {@link org.junit.jupiter.api.parallel.Isolated}.
 */
@NullMarked
package io.eventbus.tck.rules;

import org.jspecify.annotations.NullMarked;
