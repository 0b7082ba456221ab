/** The command line. */
@NullMarked
package io.eventbus.cli;

import org.jspecify.annotations.NullMarked;
