/** A Kafka broker from Maven's artifacts: its main class, and the class path that it needs. */
@NullMarked
package io.eventbus.kafka.server;

import org.jspecify.annotations.NullMarked;
