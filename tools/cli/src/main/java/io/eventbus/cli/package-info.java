/**
 * The command line: {@link io.eventbus.cli.Main} runs {@link io.eventbus.cli.EventBusCommand}, which has a class for each
 * of its commands. {@link io.eventbus.cli.EventParser} and {@link io.eventbus.cli.EventFormatter} are the two directions
 * of the one form in which events stand in a line. The demos and malformed input have packages of their own.
 */
@NullMarked
package io.eventbus.cli;

import org.jspecify.annotations.NullMarked;
