/** A broker inside the JVM. */
@NullMarked
package io.eventbus.inmemory;

import org.jspecify.annotations.NullMarked;
