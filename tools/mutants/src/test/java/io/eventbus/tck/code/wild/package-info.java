/** Code as no transport may have it. */
@NullMarked
package io.eventbus.tck.code.wild;

import org.jspecify.annotations.NullMarked;
