/** The transport for RabbitMQ. */
@NullMarked
package io.eventbus.rabbitmq;

import org.jspecify.annotations.NullMarked;
