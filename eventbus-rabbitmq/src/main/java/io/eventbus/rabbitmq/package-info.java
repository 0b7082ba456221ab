/**
 * The transport for RabbitMQ, over AMQP 0-9-1.
 *
 * <p>It is found as {@link io.eventbus.rabbitmq.RabbitTransportProvider} and has no other public type. What it makes at
 * the broker, for a topic {@code T} and a group {@code G}:
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>what</th><th>name</th></tr>
 *   <tr><td>topic exchange</td><td>{@code T}</td></tr>
 *   <tr><td>queue of the group</td><td>{@code T.G}</td></tr>
 *   <tr><td>direct exchange for dead letters</td><td>{@code T_dlq}</td></tr>
 *   <tr><td>queue of the group's dead letters</td><td>{@code T.G.dlq}</td></tr>
 * </table>
 *
 * <p>The user of the URL needs the rights to configure, write and read these. A routing key that differs from the
 * event's type key goes with the type key as {@code BCC}, so that bindings select by both.
 */
@NullMarked
package io.eventbus.rabbitmq;

import org.jspecify.annotations.NullMarked;
