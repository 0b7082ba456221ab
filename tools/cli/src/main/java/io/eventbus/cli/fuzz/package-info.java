/**
 * Malformed input, sent by each broker's own client, and what becomes of it: {@link io.eventbus.cli.fuzz.Mill} makes it,
 * {@link io.eventbus.cli.fuzz.ForeignClient} sends it, {@link io.eventbus.cli.fuzz.FuzzRun} looks for it.
 */
@NullMarked
package io.eventbus.cli.fuzz;

import org.jspecify.annotations.NullMarked;
