package io.eventbus.rabbitmq;

import io.eventbus.tck.ConformanceSuite;

/** The transport for RabbitMQ keeps the rules. */
@ConformanceSuite
class RabbitConformanceTest {}
