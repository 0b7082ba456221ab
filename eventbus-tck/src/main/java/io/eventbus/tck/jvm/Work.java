package io.eventbus.tck.jvm;

import io.eventbus.Event;
import io.eventbus.EventHandler;
import io.eventbus.tck.Sample;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A handler that does what the text of the event says, so that whoever publishes decides what handlers do in any member of any
 * JVM. Text that is none of these is handled at once.
 */
public final class Work implements EventHandler<Sample.Placed> {

    /** Takes the JVM down as a crash does. */
    public static final String HALT = "halt";

    /** Never ends. */
    public static final String HOLD = "hold";

    /** Fails always. */
    public static final String POISON = "poison";

    private static final String FAIL = "fail ";
    private static final String TAKE = "take ";
    private static final int CRASHED = 134;

    private final CountDownLatch never = new CountDownLatch(1);

    /** Makes the handler. */
    public Work() {}

    /**
     * Writes that the first attempts fail.
     *
     * @param attempts how many
     * @return the text
     */
    public static String failing(int attempts) {
        return FAIL + attempts;
    }

    /**
     * Writes that the handler takes its time.
     *
     * @param time how long
     * @return the text
     */
    public static String taking(Duration time) {
        return TAKE + time.toMillis();
    }

    @Override
    public void handle(Event<Sample.Placed> event) throws InterruptedException {
        String text = event.payload().text();
        if (text.equals(HALT)) {
            Runtime.getRuntime().halt(CRASHED);
        } else if (text.equals(HOLD)) {
            never.await();
        } else if (text.startsWith(TAKE)) {
            never.await(number(text, TAKE), TimeUnit.MILLISECONDS);
        } else if (text.equals(POISON) || (text.startsWith(FAIL) && event.attempt() <= number(text, FAIL))) {
            throw new IllegalStateException("this event says: " + text);
        }
    }

    private static long number(String text, String prefix) {
        return Long.parseLong(text.substring(prefix.length()));
    }
}
