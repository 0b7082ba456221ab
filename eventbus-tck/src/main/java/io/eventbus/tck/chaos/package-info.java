/**
 * The chaos scenario of rule FLT-7: a {@link io.eventbus.tck.chaos.Script} of timed troubles, made from a seed, is played on a {@link
 * io.eventbus.tck.chaos.Stage} while publishers keep going; the history decides. {@link io.eventbus.tck.chaos.Chaos} runs it and, when
 * it fails, looks for a shorter script that fails too.
 */
@NullMarked
package io.eventbus.tck.chaos;

import org.jspecify.annotations.NullMarked;
