package io.eventbus.examples.interop;

import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.math.BigDecimal;

/** What all tests publish. */
@EventType(aggregate = "Order", name = "OrderPlaced")
record OrderPlaced(@EventKey String orderId, BigDecimal total) {}
