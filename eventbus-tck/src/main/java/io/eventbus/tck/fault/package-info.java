/**
 * A transport around the one under test that fails on cue: {@link io.eventbus.tck.fault.TransportFaults} gives the cues, {@link
 * io.eventbus.tck.fault.FaultyProvider} puts it in place. Without a cue it changes nothing.
 */
@NullMarked
package io.eventbus.tck.fault;

import org.jspecify.annotations.NullMarked;
