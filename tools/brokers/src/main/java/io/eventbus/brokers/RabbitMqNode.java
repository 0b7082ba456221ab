package io.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one RabbitMQ node is made of on disk and how its programs are called. It knows no process.
 *
 * @param installation the programs
 * @param directory where the node keeps everything
 * @param amqpPort the port for clients
 * @param distributionPort the port for other Erlang nodes, here only for commands
 * @param epmdPort the port of epmd, which tells a node's distribution port by its name
 * @param password the password of {@link RabbitMqVhost#USER}
 */
record RabbitMqNode(
        RabbitMqInstallation installation,
        Path directory,
        int amqpPort,
        int distributionPort,
        int epmdPort,
        String password) {

    /** The user of every RabbitMQ that is started here. */
    static final String USER = "eventbus";

    /**
     * One scheduler starts faster and leaves the other core to the program under test; it sleeps when it has nothing to do, in
     * place of spinning for a while. Ctrl-C is not for the broker.
     */
    private static final String ERLANG_ARGUMENTS =
            "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +SDcpu 1:1 +SDio 1 +A 1"
                    + " +sbwt none +sbwtdcpu none +sbwtdio none +B i";

    /**
     * Erlang terms, not key = value: that form is translated by a schema at each start, which takes half a second. Messages may
     * have 128 MiB, as by default before version 4.0: more than the client reads.
     */
    private static final String CONFIGURATION =
            "[{rabbit, [{default_user, <<\"%s\">>}, {default_pass, <<\"%s\">>}, {max_message_size, 134217728}]}].\n";

    /** Writes the files of a new node with three ports. */
    static RabbitMqNode create(RabbitMqInstallation installation, Path directory, List<Integer> ports) {
        RabbitMqNode node =
                new RabbitMqNode(installation, directory, ports.get(0), ports.get(1), ports.get(2), secret());
        try {
            node.writeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the files of a RabbitMQ node", e);
        }
        return node;
    }

    private static String secret() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private void writeFiles() throws IOException {
        Files.createDirectory(directory.resolve("home"));
        Path cookie = Files.writeString(directory.resolve("home/.erlang.cookie"), secret());
        // Erlang refuses a cookie that others can read.
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        Files.writeString(directory.resolve("rabbitmq.config"), CONFIGURATION.formatted(USER, password));
        Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
        // An empty one: without it the one of the system's service is read.
        Files.createFile(directory.resolve("rabbitmq-env.conf"));
        Files.createDirectory(directory.resolve("plugins"));
        for (Path server : installation.server()) {
            Files.createSymbolicLink(directory.resolve("plugins").resolve(server.getFileName()), server);
        }
    }

    String name() {
        return "eventbus" + amqpPort + "@localhost";
    }

    URI url() {
        return URI.create("amqp://" + USER + ":" + password + "@127.0.0.1:" + amqpPort);
    }

    List<String> epmdCommand() {
        return List.of(program("epmd"), "-port", String.valueOf(epmdPort));
    }

    List<String> command() {
        return List.of(installation.script("rabbitmq-server").toString());
    }

    /** What epmd, the node and its commands all need. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", installation.path().text());
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", path("home"));
        environment.put("ERL_EPMD_PORT", String.valueOf(epmdPort));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_CONF_ENV_FILE", path("rabbitmq-env.conf"));
        environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", path("enabled_plugins"));
        return environment;
    }

    Map<String, String> nodeEnvironment() {
        Map<String, String> environment = environment();
        // Makes the script become the server, so that the pid is the server's; otherwise it stays as the parent.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        environment.put("RABBITMQ_NODENAME", name());
        environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODE_PORT", String.valueOf(amqpPort));
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(distributionPort));
        environment.put("RABBITMQ_CONFIG_FILE", path("rabbitmq.config"));
        environment.put("RABBITMQ_ADVANCED_CONFIG_FILE", path("advanced.config"));
        environment.put("RABBITMQ_MNESIA_BASE", path("mnesia"));
        environment.put("RABBITMQ_LOG_BASE", path("log"));
        environment.put("RABBITMQ_LOGS", "-");
        // Nobody reads of each connection that comes and goes, and nothing is to wait for its being written.
        environment.put("RABBITMQ_LOG", "error");
        environment.put("RABBITMQ_PID_FILE", path("pid"));
        environment.put("RABBITMQ_GENERATED_CONFIG_DIR", path("config"));
        environment.put("RABBITMQ_SCHEMA_DIR", path("schema"));
        addCodePath(environment);
        return environment;
    }

    /**
     * Erlang looks for each of a thousand modules in one directory after the other, and RabbitMQ puts those of its seventy plugins
     * before all others, where none is enabled: with the server alone among the plugins, and Erlang's own directories first, a start
     * takes half the time.
     */
    private void addCodePath(Map<String, String> environment) {
        if (!installation.server().isEmpty()) {
            environment.put("RABBITMQ_PLUGINS_DIR", path("plugins"));
        }
        String arguments = Stream.concat(
                        Stream.of(ERLANG_ARGUMENTS),
                        installation.erlangCode().stream().map(code -> "-pa " + code))
                .collect(Collectors.joining(" "));
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", arguments);
    }

    /** Runs rabbitmqctl, which listens for the node's answer: on 127.0.0.1 and any port. */
    String ctl(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(installation.script("rabbitmqctl").toString(), "-q", "-n", name()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = environment();
        environment.put("RABBITMQ_CTL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        environment.put("RABBITMQ_CTL_DIST_PORT_MIN", "0");
        environment.put("RABBITMQ_CTL_DIST_PORT_MAX", "0");
        return Command.run(command, environment, "", directory);
    }

    /**
     * Evaluates an Erlang expression in the node. It takes 10 ms where rabbitmqctl takes 600.
     *
     * @throws BrokerException if the expression fails or the node cannot be reached
     */
    void evaluate(String expression) {
        List<String> command = List.of(program("erl_call"), "-r", "-n", name(), "-e");
        String answer = Command.run(command, environment(), expression + ".\n", directory);
        if (!answer.startsWith("{ok,")) {
            throw new BrokerException("RabbitMQ could not evaluate " + expression + ": " + answer);
        }
    }

    private String program(String name) {
        return installation.path().program(name).orElseThrow().toString();
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }
}
