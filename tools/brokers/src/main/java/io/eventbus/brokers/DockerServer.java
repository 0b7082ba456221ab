package io.eventbus.brokers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;

/** A broker in a container. Testcontainers removes it when this JVM ends, also when the JVM is killed. */
abstract class DockerServer implements Server {
    private final GenericContainer<?> container;
    private final URI url;
    private final Startup.Probe probe;

    /**
     * Takes a container that is to be started.
     *
     * @param url where clients will reach it
     * @param probe succeeds when they can use it
     */
    DockerServer(GenericContainer<?> container, URI url, Startup.Probe probe) {
        this.container = container;
        this.url = url;
        this.probe = probe;
    }

    /**
     * Launches with ports that no one else has.
     *
     * @param variable the environment variable that is the other way to a broker
     * @param launch makes the server; it throws what {@link #run()} throws
     */
    static <S extends DockerServer> S launch(
            String image, String variable, int ports, Function<List<Integer>, S> launch) {
        try {
            return Ports.use(() -> Ports.free(ports), chosen -> {
                S server = launch.apply(chosen);
                server.run();
                return server;
            });
        } catch (ContainerFetchException | ContainerLaunchException e) {
            throw new BrokerException(
                    "Docker answers but does not run " + image + ": " + e.getMessage()
                            + ". Pull the image, or stop Docker so that a local process is started, or set " + variable,
                    e);
        }
    }

    /** {@return where this JVM reaches the ports of containers} */
    static String host() {
        String engine = DockerClientFactory.instance().dockerHostIpAddress();
        return engine.equals("localhost") ? "127.0.0.1" : engine;
    }

    /** {@return a container whose port is reached at a port of the host: of ours, because Docker's own change at a restart} */
    static GenericContainer<?> container(String image, List<String> portBindings) {
        GenericContainer<?> container = new GenericContainer<>(image);
        container.setPortBindings(portBindings);
        return container;
    }

    static String binding(int port, int portInside) {
        // An engine elsewhere, or around the container that this JVM runs in, is not reached by its own 127.0.0.1.
        String address = host().equals("127.0.0.1") ? "127.0.0.1:" : "";
        return address + port + ":" + portInside;
    }

    final void run() {
        container.start();
        try {
            awaitUsable();
        } catch (RuntimeException e) {
            remove();
            throw e;
        }
    }

    private void awaitUsable() {
        Startup.await(container.getDockerImageName(), container::isRunning, container::getLogs, probe);
    }

    @Override
    public final URI url() {
        return url;
    }

    @Override
    public final void kill() {
        docker().killContainerCmd(id()).withSignal("KILL").exec();
        docker().waitContainerCmd(id()).exec(new WaitContainerResultCallback()).awaitStatusCode();
    }

    @Override
    public final void start() {
        docker().startContainerCmd(id()).exec();
        awaitUsable();
    }

    @Override
    public final void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public final void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    /** Runs a program in the container and gives back what it printed. */
    final String execute(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        try {
            ExecResult result = container.execInContainer(all.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new BrokerException(command.get(0) + " ended with status " + result.getExitCode() + ": "
                        + result.getStderr() + result.getStdout());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command.get(0) + " in the container", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while a command to the broker was running", e);
        }
    }

    @Override
    public final void remove() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }
}
