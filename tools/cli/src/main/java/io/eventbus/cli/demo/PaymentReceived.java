package io.eventbus.cli.demo;

import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.math.BigDecimal;
import java.util.UUID;

/** An order has been paid. */
@EventType(aggregate = "Payment")
record PaymentReceived(@EventKey UUID orderId, BigDecimal amount) {}
