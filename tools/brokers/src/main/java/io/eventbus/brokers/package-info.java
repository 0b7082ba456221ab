/** Real brokers for tests and demos. */
@NullMarked
package io.eventbus.brokers;

import org.jspecify.annotations.NullMarked;
