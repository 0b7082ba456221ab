package io.eventbus.kafka;

import io.eventbus.tck.ConformanceSuite;

/** The transport for Kafka keeps the rules. */
@ConformanceSuite
class KafkaConformanceTest {}
