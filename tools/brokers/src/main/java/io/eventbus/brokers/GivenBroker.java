package io.eventbus.brokers;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** A broker that someone else runs: used, never controlled. */
abstract class GivenBroker implements Broker {

    /**
     * The environment variable that gives its URL.
     *
     * @param product the broker's name in messages
     * @param name the variable
     * @param schemes those of its URLs, in lower case
     * @param example a URL as it should be
     */
    record Variable(String product, String name, Set<String> schemes, String example) {

        private URI parse(String text) {
            try {
                URI url = new URI(text);
                String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
                if (url.getRawAuthority() != null && schemes.contains(scheme)) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // Said below, without the text: it may hold a password, and the exception quotes it.
            }
            throw new BrokerException(name + " is not a URL like " + example);
        }
    }

    private final Variable variable;
    private final URI url;

    GivenBroker(Variable variable, String text) {
        this.variable = variable;
        this.url = variable.parse(text);
    }

    /** Throws {@link BrokerException} if the probe fails. */
    final void require(Startup.Probe probe) {
        try {
            probe.use();
        } catch (IOException e) {
            throw new BrokerException(
                    this + " does not answer: " + e + ". Start it, correct " + variable.name()
                            + ", or unset it so that a " + variable.product() + " is started here",
                    e);
        }
    }

    @Override
    public final URI url() {
        return url;
    }

    @Override
    public final Set<Control> controls() {
        return Set.of();
    }

    @Override
    public final void close() {
        // It is not ours to end.
    }

    @Override
    public final String toString() {
        return "The " + variable.product() + " at " + host() + ":" + port() + " given by " + variable.name();
    }
}
