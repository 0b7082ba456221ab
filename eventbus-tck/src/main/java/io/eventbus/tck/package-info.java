/** The conformance kit: the rules of the bus as tests for any transport. */
@NullMarked
package io.eventbus.tck;

import org.jspecify.annotations.NullMarked;
