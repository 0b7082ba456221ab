package io.eventbus.inmemory;

import io.eventbus.tck.ConformanceSuite;

/** The in-memory transport keeps the rules. */
@ConformanceSuite
class MemoryConformanceTest {}
