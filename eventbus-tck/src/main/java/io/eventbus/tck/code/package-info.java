/** What the compiled classes of a transport use, read from their constant pools: for rules about its code. */
@NullMarked
package io.eventbus.tck.code;

import org.jspecify.annotations.NullMarked;
