package io.eventbus.kafka;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Makes Kafka's clients, which look for classes in the thread's context class loader: it is theirs meanwhile. */
record Clients(ClientSettings settings) {

    Producer<byte[], byte[]> producer() {
        return here(() -> new KafkaProducer<>(settings.producer()));
    }

    /** @param maxRecords how many records one poll gives at most */
    Consumer<byte[], byte[]> consumer(int maxRecords) {
        return here(() -> new KafkaConsumer<>(settings.consumer(maxRecords)));
    }

    Consumer<byte[], byte[]> member(String groupId, int maxRecords) {
        return here(() -> new KafkaConsumer<>(settings.member(groupId, maxRecords)));
    }

    Admin admin() {
        Map<String, Object> admin = settings.admin();
        return here(() -> Admin.create(admin));
    }

    private static <C> C here(Supplier<C> making) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try {
            return making.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
