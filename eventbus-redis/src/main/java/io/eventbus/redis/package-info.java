/**
 * The transport for Redis, over its streams.
 *
 * <p>It is found as {@link io.eventbus.redis.RedisTransportProvider} and has no other public type. What it makes at Redis,
 * for a topic {@code T} and a group {@code G}:
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>what</th><th>name</th></tr>
 *   <tr><td>stream of the topic</td><td><code>eventbus:{T}</code></td></tr>
 *   <tr><td>consumer group on it</td><td>{@code G}</td></tr>
 *   <tr><td>stream of the group's dead letters</td><td><code>eventbus:{T}:dlq:G</code></td></tr>
 * </table>
 *
 * <p>An entry's fields are the CloudEvents attributes under {@code ce_}, {@code content-type}, the user's headers, and the
 * payload as {@code data}. An ephemeral subscription makes nothing.
 *
 * <p>The user of the URL needs the rights to these keys (<code>~eventbus:{T}*</code>) and to the commands {@code xadd},
 * {@code xlen}, {@code xinfo}, {@code xgroup}, {@code xreadgroup}, {@code xack}, {@code xpending}, {@code xclaim}, {@code
 * xautoclaim} and {@code eval}; to {@code xread} for ephemeral subscriptions; to {@code xrange},
 * {@code xdel} and {@code xtrim} for dead letters, a bounded stream, and counting what is behind; to {@code ping}, and to
 * {@code select} for a database that is not 0.
 */
@NullMarked
package io.eventbus.redis;

import org.jspecify.annotations.NullMarked;
