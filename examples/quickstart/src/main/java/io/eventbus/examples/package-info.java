/** Programs that show how the bus is used. */
@NullMarked
package io.eventbus.examples;

import org.jspecify.annotations.NullMarked;
