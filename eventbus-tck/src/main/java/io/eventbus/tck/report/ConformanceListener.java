package io.eventbus.tck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Collects the {@linkplain RuleRun#toReportEntry report entries} of the kit's tests and writes them when the run is over. Entries
 * of other tests are ignored, and nothing is written if there are none of the kit's. Thread-safe.
 */
public final class ConformanceListener implements TestExecutionListener {

    /** The system property that names the directory of a listener that JUnit makes. */
    public static final String DIRECTORY_PROPERTY = "eventbus.tck.report";

    /** Where the report goes if {@value #DIRECTORY_PROPERTY} is not set. */
    public static final String DEFAULT_DIRECTORY = "target/eventbus-tck";

    private final Path directory;
    private final ConformanceReport report = new ConformanceReport();

    /** Makes a listener that writes to the directory named by {@value #DIRECTORY_PROPERTY}. */
    public ConformanceListener() {
        this(Path.of(System.getProperty(DIRECTORY_PROPERTY, DEFAULT_DIRECTORY)));
    }

    /**
     * Makes a listener.
     *
     * @param directory where to write; made if it does not exist
     */
    public ConformanceListener(Path directory) {
        this.directory = directory;
    }

    /** {@return what was collected so far} */
    public ConformanceReport report() {
        return report;
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        RuleRun.fromReportEntry(entry.getKeyValuePairs()).ifPresent(report::add);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (report.runs().isEmpty()) {
            return;
        }
        try {
            report.write(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + directory, e);
        }
    }
}
