package io.eventbus.redis;

import io.eventbus.tck.ConformanceSuite;

/** The transport for Redis keeps the rules. */
@ConformanceSuite
class RedisConformanceTest {}
