/**
 * A transport that can be broken, to see that the rules reject it: a broker in the JVM, simpler than the product's own, with a
 * {@link io.eventbus.tck.broken.TransportMutant} that says what is wrong with it. Unbroken it keeps all rules. Each defect is
 * a small change at one place, marked by the mutant's name.
 */
package io.eventbus.tck.broken;
