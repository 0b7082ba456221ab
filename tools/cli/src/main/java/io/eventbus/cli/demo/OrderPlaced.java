package io.eventbus.cli.demo;

import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.math.BigDecimal;
import java.util.UUID;

/** A customer has placed an order. */
@EventType(aggregate = "Order")
record OrderPlaced(@EventKey UUID orderId, String customerId, BigDecimal total) {}
