/** The event bus as an application sees it. */
@NullMarked
package io.eventbus;

import org.jspecify.annotations.NullMarked;
