/** What a broker has to do: move bytes, settle deliveries, answer questions. */
@NullMarked
package io.eventbus.spi;

import org.jspecify.annotations.NullMarked;
