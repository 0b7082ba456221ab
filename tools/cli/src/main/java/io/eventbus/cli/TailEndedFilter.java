package io.eventbus.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps out of the log that a tail which has ended refused an event: it did so on purpose. */
public final class TailEndedFilter extends Filter<ILoggingEvent> {

    /** Made by {@code logback.xml}. */
    public TailEndedFilter() {}

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy cause = event.getThrowableProxy();
        boolean ended = cause != null && cause.getClassName().equals(TailEndedException.class.getName());
        return ended ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
