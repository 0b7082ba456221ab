package io.eventbus.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the buses of this JVM log meanwhile; a test that looks takes {@link #LOCK}, as there is one level for all. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    static final String LOCK = "the log of io.eventbus";

    private final Logger logger = logger();
    private final Level before = logger.getLevel();
    private final Arrived<ILoggingEvent> lines = new Arrived<>();

    LoggedLines(Level level) {
        logger.setLevel(level);
        logger.addAppender(this);
        start();
    }

    /** While another thread has SLF4J begin, which it does under this lock, there are only substitutes. */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral") // which is the purpose
    private static Logger logger() {
        synchronized (LoggerFactory.class) {
            return (Logger) LoggerFactory.getLogger("io.eventbus");
        }
    }

    /** Waits for the first line with this text; other buses may log others before it. */
    String await(String text) {
        int index = 0;
        String line = lines.await(index).getFormattedMessage();
        while (!line.contains(text)) {
            index++;
            line = lines.await(index).getFormattedMessage();
        }
        return line;
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
    }
}
