/** Code as a transport may have it. */
@NullMarked
package io.eventbus.tck.code.clean;

import org.jspecify.annotations.NullMarked;
