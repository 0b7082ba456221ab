/**
 * A transport that can be broken, to see that the rules reject it: a broker in the JVM, simpler than the product's own, with a
 * {@link io.eventbus.tck.broken.TransportMutant} that says what is wrong with it. Unbroken it keeps all rules. The same broker is
 * reached by a network, too, where that can fail: a real connection stands between, though what it carries stays in this JVM. Each defect is
 * a small change at one place, marked by the mutant's name.
 */
package io.eventbus.tck.broken;
