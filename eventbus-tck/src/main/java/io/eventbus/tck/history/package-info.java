/**
 * What happened in a test, and whether it was allowed.
 *
 * <p>A test writes what it does and sees into a {@link io.eventbus.tck.history.HistoryRecorder}; when all is drained, its {@link
 * io.eventbus.tck.history.HistoryRecorder#snapshot snapshot}, a {@link io.eventbus.tck.history.History}, goes to a {@link
 * io.eventbus.tck.history.HistoryChecker}, which makes every {@link io.eventbus.tck.history.Check} and returns a {@link
 * io.eventbus.tck.history.Judgement}. Histories are kept as files of JSON lines.
 */
@NullMarked
package io.eventbus.tck.history;

import org.jspecify.annotations.NullMarked;
