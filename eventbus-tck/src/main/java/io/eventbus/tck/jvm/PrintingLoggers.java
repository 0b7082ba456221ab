package io.eventbus.tck.jvm;

import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Loggers that print what they are given, stack traces included, to standard output: so that a test sees what an application might
 * see in its log, whichever way it logs. Chosen by the system property {@code slf4j.provider}.
 */
public final class PrintingLoggers implements SLF4JServiceProvider, ILoggerFactory {

    /** The system property with the finest level that is printed; INFO if it is not set. */
    public static final String FINEST = "eventbus.tck.finest";

    private static final Level FINEST_LEVEL = Level.valueOf(System.getProperty(FINEST, Level.INFO.name()));

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** For SLF4J. */
    public PrintingLoggers() {}

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, PrintingLogger::new);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    /** One logger. */
    private static final class PrintingLogger extends LegacyAbstractLogger {

        @Serial
        private static final long serialVersionUID = 1L;

        PrintingLogger(String name) {
            this.name = name;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable failure) {
            StringWriter text = new StringWriter();
            text.append(level + " " + name + " " + MessageFormatter.basicArrayFormat(message, arguments));
            if (failure != null) {
                text.append(System.lineSeparator());
                failure.printStackTrace(new PrintWriter(text, true));
            }
            System.out.println(text);
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return isPrinted(Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return isPrinted(Level.DEBUG);
        }

        private static boolean isPrinted(Level level) {
            return level.toInt() >= FINEST_LEVEL.toInt();
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
