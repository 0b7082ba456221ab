/**
 * Other ways to load the bus than the test's own: {@link io.eventbus.tck.jvm.ChildJvm} runs a program in a JVM of its own, {@link
 * io.eventbus.tck.jvm.ServicesLoader} loads everything afresh beside it and decides which transports are found. The programs
 * that tests run in this way are here as well; they use the API and the SPI only.
 */
@NullMarked
package io.eventbus.tck.jvm;

import org.jspecify.annotations.NullMarked;
