package io.eventbus.tck.jvm;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventBusException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Builds a bus as an application does. Loaded afresh by a {@link ServicesLoader}, where the classes of the bus are others than
 * the test's: so it is asked and answers in maps of strings.
 */
public final class BuildProbe implements UnaryOperator<Map<String, String>> {

    private static final String URL = "url";
    private static final String TWIN_NAME = "twin-name";
    private static final String TWIN_SCHEME = "twin-scheme";
    private static final String FAILURE = "failure";
    private static final String MESSAGE = "message";

    /** For {@link ServicesLoader}. */
    public BuildProbe() {}

    @Override
    public Map<String, String> apply(Map<String, String> request) {
        Twin.appearAs(request.getOrDefault(TWIN_NAME, ""), request.getOrDefault(TWIN_SCHEME, ""));
        EventBusBuilder builder = EventBus.builder().topic("topic");
        if (request.containsKey(URL)) {
            builder.url(request.get(URL));
        }
        try {
            builder.build().close();
            return Map.of();
        } catch (EventBusException e) {
            return Map.of(FAILURE, e.getClass().getSimpleName(), MESSAGE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks a probe that was loaded by another class loader.
     *
     * @param probe the probe
     * @param request what to build
     * @return what came of it
     */
    static Answer ask(Object probe, Request request) {
        @SuppressWarnings("unchecked") // what this class implements, whoever has loaded it
        UnaryOperator<Map<String, String>> other = (UnaryOperator<Map<String, String>>) probe;
        Map<String, String> answer = other.apply(request.properties());
        return new Answer(answer.getOrDefault(FAILURE, ""), answer.getOrDefault(MESSAGE, ""));
    }

    /**
     * What to build.
     *
     * @param properties by the names of this class
     */
    public record Request(Map<String, String> properties) {

        /** {@return a bus without a URL} */
        public static Request withoutUrl() {
            return new Request(Map.of());
        }

        /**
         * Asks for a bus.
         *
         * @param url its URL
         * @return the request
         */
        public static Request of(String url) {
            return new Request(Map.of(URL, url));
        }

        /**
         * Says what {@link Twin} is to look like, where that is found.
         *
         * @param name its name
         * @param scheme its scheme
         * @return the request
         */
        public Request withTwin(String name, String scheme) {
            Map<String, String> more = new HashMap<>(properties);
            more.put(TWIN_NAME, name);
            more.put(TWIN_SCHEME, scheme);
            return new Request(more);
        }
    }

    /**
     * What came of it.
     *
     * @param failure the simple name of what was thrown, or an empty string if the bus was built
     * @param message its message
     */
    public record Answer(String failure, String message) {}
}
