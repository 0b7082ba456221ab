/**
 * The transport for Apache Kafka.
 *
 * <p>It is found as {@link io.eventbus.kafka.KafkaTransportProvider} and has no other public type. What it makes at the
 * broker, for a topic {@code T} and a group {@code G}:
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>what</th><th>name</th></tr>
 *   <tr><td>topic</td><td>{@code T}</td></tr>
 *   <tr><td>consumer group</td><td>{@code T.G}</td></tr>
 *   <tr><td>topic of the group's dead letters</td><td>{@code T.G.dlq}</td></tr>
 * </table>
 *
 * <p>A record has the event's key, the payload as its value, and the CloudEvents attributes under {@code ce_}, {@code
 * content-type} and the user's headers as its headers. An ephemeral subscription makes nothing.
 */
@NullMarked
package io.eventbus.kafka;

import org.jspecify.annotations.NullMarked;
