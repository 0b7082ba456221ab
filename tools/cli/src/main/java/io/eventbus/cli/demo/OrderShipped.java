package io.eventbus.cli.demo;

import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.util.UUID;

/** An order has left the house. */
@EventType(aggregate = "Order")
record OrderShipped(@EventKey UUID orderId, String trackingNumber) {}
