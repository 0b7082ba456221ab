/**
 * Real brokers for tests, benchmarks and demos: started, killed, frozen and cleaned up by the program that uses them.
 *
 * <p>A broker comes from the first of these that there is: a URL in the environment, Docker, a local installation.
 * What a program started is gone when the program is, however it ends.
 */
@NullMarked
package io.eventbus.brokers;

import org.jspecify.annotations.NullMarked;
