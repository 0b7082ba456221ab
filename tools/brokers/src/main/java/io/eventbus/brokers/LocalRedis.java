package io.eventbus.brokers;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Redis as a child process of this JVM. */
final class LocalRedis extends LocalServer implements RedisServer {
    private static final String HOST = "127.0.0.1";

    private final RedisInstallation installation;

    private LocalRedis(RedisInstallation installation, Reaper reaper, Program program) {
        super(reaper, program);
        this.installation = installation;
    }

    static LocalRedis launch(RedisInstallation installation, RedisSettings settings) {
        return launch(installation, settings, () -> Ports.free(settings.ports()));
    }

    /** Asks for other ports when another program took one of them. */
    static LocalRedis launch(RedisInstallation installation, RedisSettings settings, Supplier<List<Integer>> ports) {
        return Ports.use(ports, chosen -> {
            Reaper reaper = Reaper.inTemporaryDirectory("eventbus-redis-");
            Program program = program(installation, settings, chosen, reaper.directory());
            return new LocalRedis(installation, reaper, program);
        });
    }

    private static Program program(
            RedisInstallation installation, RedisSettings settings, List<Integer> ports, Path directory) {
        List<String> command = new ArrayList<>(List.of(installation.server().toString()));
        command.addAll(List.of("--bind", HOST, "--dir", directory.toString()));
        command.addAll(settings.commandLine(HOST, ports));
        URI url = URI.create("redis://" + HOST + ":" + ports.get(0));
        return new Program("redis", command, Map.of("LANG", "C.UTF-8"), url, () -> settings.probe(url));
    }

    @Override
    public String cli(String... arguments) {
        List<String> command = new ArrayList<>(List.of(installation.cli().toString()));
        command.addAll(List.of("-e", "-h", HOST, "-p", String.valueOf(url().getPort())));
        command.addAll(List.of(arguments));
        return Command.run(command, Map.of("LANG", "C.UTF-8"), "", reaper().directory());
    }
}
