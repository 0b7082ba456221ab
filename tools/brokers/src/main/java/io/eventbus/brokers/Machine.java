package io.eventbus.brokers;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/**
 * Where this program runs, as far as brokers can come from there.
 *
 * @param environment the environment variables
 * @param docker whether a Docker engine answers
 */
record Machine(Map<String, String> environment, BooleanSupplier docker) {

    static Machine here() {
        return new Machine(System.getenv(), Machine::dockerEngineAnswers);
    }

    /** Asks the engine itself: a docker command on the PATH says nothing. */
    private static boolean dockerEngineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** {@return this without a URL in any environment variable} */
    Machine givenNothing() {
        return new Machine(Map.of(), docker);
    }

    /**
     * Takes a broker from the first source that there is.
     *
     * @param variable the environment variable that may have a URL
     * @param given takes the broker at that URL
     * @param container starts one by Docker
     * @param local starts one as a process, or throws {@link BrokerException} if nothing is installed
     */
    <B extends Broker> B broker(String variable, Function<String, B> given, Supplier<B> container, Supplier<B> local) {
        String url = environment.getOrDefault(variable, "");
        if (!url.isBlank()) {
            return given.apply(url.strip());
        }
        return docker.getAsBoolean() ? container.get() : local.get();
    }

    /** {@return the error that says what to set, start or install} */
    static BrokerException nothing(String product, String example, String program) {
        String variable = example.substring(0, example.indexOf('='));
        return new BrokerException("No " + product + " to be had: " + variable
                + " is not set, no Docker engine answers, and " + program + " is not installed. Do one of: set "
                + example + "; start Docker; or install it (Debian, Ubuntu: apt-get install " + program + ")");
    }
}
