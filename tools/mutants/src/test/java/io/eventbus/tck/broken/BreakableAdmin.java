package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.READ_ONLY_LETTERS;
import static io.eventbus.tck.broken.TransportMutant.REMOVES_OLDEST;
import static io.eventbus.tck.broken.TransportMutant.REMOVES_UP_TO;
import static io.eventbus.tck.broken.TransportMutant.SHOWS_FIRST_HUNDRED;
import static io.eventbus.tck.broken.TransportMutant.SHOWS_UP_TO_LARGE;
import static io.eventbus.tck.broken.TransportMutant.TAKES_LETTERS;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportAdmin;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Answers from the broker's own state. */
final class BreakableAdmin implements TransportAdmin {

    private static final int LARGE = 1 << 20;

    private final BreakableTransport transport;
    private final BreakableBroker broker;

    BreakableAdmin(BreakableTransport transport, BreakableBroker broker) {
        this.transport = transport;
        this.broker = broker;
    }

    @Override
    public void ping() {
        transport.requireOpen();
    }

    @Override
    public GroupInfo describe(Group group) {
        transport.requireOpen();
        String name = group.topic() + "." + group.name();
        synchronized (broker.lock()) {
            return broker.find(group)
                    .map(queue -> new GroupInfo(
                            name,
                            queue.backlog(),
                            queue.memberCount(),
                            queue.deadLetters().size()))
                    .orElseGet(() -> new GroupInfo(name, 0, 0, 0));
        }
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        transport.requireOpen();
        return new Cursor(letters(group));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        transport.requireOpen();
        synchronized (broker.lock()) {
            NavigableMap<Long, Message> letters = letters(group);
            int purged = letters.size();
            letters.clear();
            return purged;
        }
    }

    private NavigableMap<Long, Message> letters(Group group) {
        return broker.find(group).map(BreakableQueue::deadLetters).orElseGet(TreeMap::new);
    }

    /** A pass by the numbers of the letters. */
    private final class Cursor implements DeadLetterCursor {

        private final NavigableMap<Long, Message> letters;
        private final IdentityHashMap<Message, Long> numbers = new IdentityHashMap<>();
        private long last;

        Cursor(NavigableMap<Long, Message> letters) {
            this.letters = letters;
        }

        @Override
        public List<Message> next(int max) {
            numbers.clear();
            List<Message> page = new ArrayList<>();
            synchronized (broker.lock()) {
                for (Map.Entry<Long, Message> letter : letters.tailMap(last, false).entrySet().stream()
                        .limit(broker.mutant() == SHOWS_FIRST_HUNDRED && last > 0 ? 0 : max)
                        .takeWhile(letter -> !isOverlooked(letter.getValue()))
                        .toList()) {
                    Message message = Carriage.copy(letter.getValue());
                    numbers.put(message, letter.getKey());
                    page.add(message);
                    last = letter.getKey();
                }
                if (broker.mutant() == TAKES_LETTERS) {
                    letters.keySet().removeAll(numbers.values());
                }
            }
            return page;
        }

        private boolean isOverlooked(Message letter) {
            return broker.mutant() == SHOWS_UP_TO_LARGE && letter.body().length > LARGE;
        }

        @Override
        public void remove(Message deadLetter) {
            synchronized (broker.lock()) {
                if (broker.mutant() == REMOVES_OLDEST) {
                    letters.pollFirstEntry();
                } else if (broker.mutant() == REMOVES_UP_TO) {
                    letters.headMap(numbers.get(deadLetter), true).clear();
                } else if (broker.mutant() != READ_ONLY_LETTERS) {
                    letters.remove(numbers.get(deadLetter));
                }
            }
        }

        @Override
        public void close() {
            numbers.clear();
        }
    }
}
