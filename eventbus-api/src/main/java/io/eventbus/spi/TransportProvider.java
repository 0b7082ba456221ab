package io.eventbus.spi;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The way to one kind of broker, found by {@link java.util.ServiceLoader}.
 *
 * <p>Constructing a provider and asking it for its description has no side effect: no thread, no socket, no class of the
 * broker's client initialised. Implementations are stateless and thread-safe.
 */
public interface TransportProvider {

    /**
     * The stable, unique name of the transport, which is also the prefix of its options.
     *
     * @return lower-case letters and digits, such as {@code "rabbitmq"}
     */
    String name();

    /**
     * The URL schemes that select this transport.
     *
     * @return one or more lower-case schemes, such as {@code "amqp"} and {@code "amqps"}
     */
    Set<String> schemes();

    /**
     * The URL to use when this is the only provider on the class path and none is given.
     *
     * @return a URL with one of {@link #schemes()}
     */
    URI defaultUrl();

    /**
     * The options that the transport understands. The engine refuses all others, checks the values and fills in the
     * defaults before {@link #create} sees them.
     *
     * @return descriptors with distinct names, each beginning with {@link #name()} and a dot
     */
    List<OptionDescriptor> options();

    /**
     * The names that one of the {@link #options()} of type {@link OptionDescriptor.Type#PREFIX} stands for. Asked only when an
     * option with this prefix is given, so that it may ask the client library.
     *
     * @param prefix the descriptor
     * @return the names without the prefix; the engine refuses all others
     */
    default Set<String> namesBelow(OptionDescriptor prefix) {
        return Set.of();
    }

    /**
     * Makes a transport for one bus. Connects to nothing.
     *
     * @param config checked options and the URL; the URL's path and user information are the transport's to check
     * @return a transport, owned by the caller
     * @throws IllegalArgumentException if the URL or a combination of options makes no sense; the message says why and
     *     holds no secret
     */
    Transport create(TransportConfig config);
}
