package io.eventbus.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the bus logs meanwhile. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.eventbus");
    private final Level before = logger.getLevel();
    private final Arrived<ILoggingEvent> lines = new Arrived<>();

    LoggedLines(Level level) {
        logger.setLevel(level);
        logger.addAppender(this);
        start();
    }

    Arrived<ILoggingEvent> lines() {
        return lines;
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
