/** The engine: all semantics and all threads. Nothing here is for applications. */
@NullMarked
package io.eventbus.internal;

import org.jspecify.annotations.NullMarked;
