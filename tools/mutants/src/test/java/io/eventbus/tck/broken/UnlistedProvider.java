package io.eventbus.tck.broken;

/** The same provider by a name that no service file holds. */
final class UnlistedProvider extends BreakableProvider {}
