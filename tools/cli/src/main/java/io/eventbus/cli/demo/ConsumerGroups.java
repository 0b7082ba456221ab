package io.eventbus.cli.demo;

import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.cli.CommandBus;
import io.eventbus.spi.Capability;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Demo 3: two members of one group share the work. */
final class ConsumerGroups implements Demo {
    private static final int EVENTS = 10;

    @Override
    public String title() {
        return "Consumer Groups and Load Balancing";
    }

    @Override
    public void run(DemoSetting setting) throws InterruptedException {
        CountDownLatch processed = new CountDownLatch(EVENTS);
        Team team = new Team();
        Worker first = new Worker("Worker 1", setting, team, processed);
        Worker second = new Worker("Worker 2", setting, team, processed);
        try (EventBus bus1 = member("worker-1", setting);
                EventBus bus2 = member("worker-2", setting)) {
            bus1.subscribe(OrderPlaced.class, first::process);
            bus2.subscribe(OrderPlaced.class, second::process);
            bus1.start();
            bus2.start();
            setting.say("Both workers connected");
            if (keysAreShared(bus1)) {
                team.disband();
                setting.say("On this broker a key belongs to one worker, so the orders fall to them as their keys do");
            }

            setting.say("\nPublishing " + EVENTS + " events...");
            for (int i = 0; i < EVENTS; i++) {
                bus1.publish(new OrderPlaced(UUID.randomUUID(), "cust-" + i, BigDecimal.valueOf(10L * (i + 1))));
            }
            setting.await(processed);
        }
        setting.say("\nResults:");
        setting.say("  Worker 1 processed: " + first.count() + " events");
        setting.say("  Worker 2 processed: " + second.count() + " events");
        setting.say("  Total: " + (first.count() + second.count()) + " events");
    }

    /** Whether it is keys that the members of a group share, and not events. */
    private static boolean keysAreShared(EventBus bus) {
        return bus.capabilities().contains(Capability.GROUP_KEY_ORDER);
    }

    /** Each holds one event at a time: what a busy worker cannot begin is free for the other. */
    private static EventBus member(String name, DemoSetting setting) {
        return CommandBus.builder()
                .url(setting.url())
                .topic(setting.topic("demo3"))
                .group("load-balanced-consumers")
                .member(name)
                .events(OrderPlaced.class)
                .handlerConcurrency(1)
                .maxInFlight(1)
                .build();
    }

    /** Handles events; an order takes as long as the other worker's. */
    private static final class Worker {
        private final String name;
        private final DemoSetting setting;
        private final Team team;
        private final CountDownLatch processed;
        private final AtomicInteger count = new AtomicInteger();

        Worker(String name, DemoSetting setting, Team team, CountDownLatch processed) {
            this.name = name;
            this.setting = setting;
            this.team = team;
            this.processed = processed;
        }

        void process(Event<OrderPlaced> event) throws InterruptedException {
            team.work();
            setting.say("  " + name + " processed: " + event.payload().orderId());
            count.incrementAndGet();
            processed.countDown();
        }

        int count() {
            return count.get();
        }
    }
}
