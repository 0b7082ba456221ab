/** An event, for the tests of this module to publish and for others to read. */
@NullMarked
package io.eventbus.examples.interop;

import org.jspecify.annotations.NullMarked;
