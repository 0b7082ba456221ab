package io.eventbus.tck;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/** How many of the kit's tests run at once. JUnit makes it by its name. */
public final class TestsAtOnce implements ParallelExecutionConfigurationStrategy {

    /** The system property that holds the number. */
    public static final String PROPERTY = "eventbus.tck.parallelism";

    /** They wait most of the time: two processors have time for as many. */
    private static final String DEFAULT = "4";

    /** Called by JUnit. */
    public TestsAtOnce() {}

    /**
     * Reads {@value #PROPERTY}.
     *
     * @param parameters JUnit's own, which are not asked
     * @return so many threads, 4 if it is not set
     * @throws IllegalArgumentException if it is no whole number above 0
     */
    @Override
    public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
        return new Threads(fromSystemProperties());
    }

    private static int fromSystemProperties() {
        String text = System.getProperty(PROPERTY, DEFAULT);
        int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1) {
            throw new IllegalArgumentException(PROPERTY + " must be a whole number above 0, was '" + text + "'");
        }
        return number;
    }

    /** More may be made for as long as some wait for others. */
    private record Threads(int number) implements ParallelExecutionConfiguration {
        private static final int SPARE = 256;
        private static final int KEEP_ALIVE_SECONDS = 30;

        @Override
        public int getParallelism() {
            return number;
        }

        @Override
        public int getMinimumRunnable() {
            return number;
        }

        @Override
        public int getMaxPoolSize() {
            return number + SPARE;
        }

        @Override
        public int getCorePoolSize() {
            return number;
        }

        @Override
        public int getKeepAliveSeconds() {
            return KEEP_ALIVE_SECONDS;
        }
    }
}
