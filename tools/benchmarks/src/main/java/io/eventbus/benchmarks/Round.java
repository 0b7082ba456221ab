package io.eventbus.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One client's way through the stages, on a topic of its own. */
final class Round {
    /** What one publishes and waits for, at a low rate: at most 500 a second. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Enough for a 99th percentile. */
    private static final int MAX_LATENCIES = 5000;

    private final Client client;
    private final String topic;
    private final Load load;
    private final Map<Quantity, Double> found = new EnumMap<>(Quantity.class);
    private int backlog;

    Round(Client client, String topic, Load load) {
        this.client = client;
        this.topic = topic;
        this.load = load;
    }

    String topic() {
        return topic;
    }

    /** What the stages have found so far. */
    Map<Quantity, Double> found() {
        return Map.copyOf(found);
    }

    /** Makes the topic and its group, as its consumer is the first. */
    void endToEnd() throws IOException {
        EndToEnd course = new EndToEnd();
        Consumer consumer = client.consume(topic, course);
        try (consumer;
                Producer producer = client.produce(topic, load.size())) {
            warmUp(producer, course);
            Latencies latencies = course.await(publishSteadily(producer));
            found.put(Quantity.END_TO_END_P50, latencies.median());
            found.put(Quantity.END_TO_END_P99, latencies.high());
        }
    }

    /** A broker may still be making what the keys go to. */
    private static void warmUp(Producer producer, EndToEnd course) throws IOException {
        for (int key = 0; key < Producer.KEYS; key++) {
            producer.publish(EndToEnd.UNTIMED);
        }
        course.await(Producer.KEYS);
    }

    private int publishSteadily(Producer producer) throws IOException {
        int published = 0;
        long due = System.nanoTime();
        for (long end = load.end(); due < end; due = Math.max(due + INTERVAL_NANOS, System.nanoTime())) {
            LockSupport.parkNanos(due - System.nanoTime());
            producer.publish(System.nanoTime());
            published++;
        }
        return published;
    }

    void publishLatency() throws IOException {
        Latencies latencies = new Latencies();
        try (Producer producer = client.produce(topic, load.size())) {
            producer.publish(System.nanoTime());
            for (long end = load.end(); System.nanoTime() < end && latencies.count() < MAX_LATENCIES; ) {
                long begin = System.nanoTime();
                producer.publish(begin);
                latencies.recordSince(begin);
            }
        }
        backlog += 1 + (int) latencies.count();
        found.put(Quantity.PUBLISH_P50, latencies.median());
        found.put(Quantity.PUBLISH_P99, latencies.high());
    }

    void publishRate() throws IOException {
        try (Producer producer = client.produce(topic, load.size())) {
            producer.publish(System.nanoTime());
            backlog++;
            long begin = System.nanoTime();
            int sent = sendMuch(producer);
            found.put(Quantity.PUBLISH_RATE, Rate.perSecond(sent, System.nanoTime() - begin));
            backlog += sent;
        }
    }

    private int sendMuch(Producer producer) throws IOException {
        int sent = 0;
        long end = load.end();
        for (long now = System.nanoTime(); now < end && sent < load.maxBacklog(); now = System.nanoTime()) {
            producer.send(now);
            sent++;
        }
        producer.flush();
        return sent;
    }

    void consumeRate() throws IOException {
        Arrivals arrivals = new Arrivals(backlog);
        Consumer consumer = client.consume(topic, arrivals);
        try (consumer) {
            found.put(Quantity.CONSUME_RATE, arrivals.rate(load.time()));
        }
    }
}
