package io.eventbus.cli.fuzz;

import io.eventbus.EventKey;
import io.eventbus.EventType;

/** What the group under test expects, and seldom gets. */
@EventType(aggregate = "Fuzz", name = "Fuzzed")
record Fuzzed(@EventKey String id, long number, String text) {}
