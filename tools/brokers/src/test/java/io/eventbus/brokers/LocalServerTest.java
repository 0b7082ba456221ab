package io.eventbus.brokers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That nothing of a local broker outlives its owner. Alone: what it takes for its own are the processes that this JVM starts. */
@Isolated
class LocalServerTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource
    @DisplayName("A JVM that gets SIGKILL leaves no process and no file")
    void killedOwner(LocalProduct product) throws Exception {
        Process owner = startOwner(product);
        List<Child> children = Child.allBelow(List.of(owner.pid()));
        assertThat(commands(children)).containsAll(product.commands());
        assertThat(temporary).isNotEmptyDirectory();

        owner.destroyForcibly();

        Child.awaitEnd(children);
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A JVM that ends without closing leaves no process and no file")
    void forgetfulOwner(LocalProduct product) throws Exception {
        Process owner = startOwner(product);
        List<Child> children = Child.allBelow(List.of(owner.pid()));

        owner.getOutputStream().close();

        assertThat(owner.waitFor(60, SECONDS)).isTrue();
        assertThat(temporary).isEmptyDirectory();
        Child.awaitEnd(children);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Closing leaves no process, also of a frozen broker")
    void closes(LocalProduct product) {
        assumeTrue(product.isInstalled(), product + " is not installed on this machine");
        List<ProcessHandle> others =
                Child.ofThisJvm().stream().map(Child::handle).toList();
        Server server = product.launch();
        List<Child> children = Child.ofThisJvm().stream()
                .filter(child ->
                        !others.contains(child.handle()) && product.commands().contains(child.command()))
                .toList();
        assertThat(commands(children)).containsAll(product.commands());
        server.freeze();

        server.remove();

        Child.awaitEnd(children);
    }

    /** Starts a JVM whose broker has its files below our own directory, and returns when the broker runs. */
    private Process startOwner(LocalProduct product) throws IOException {
        assumeTrue(product.isInstalled(), product + " is not installed on this machine");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        product.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(Reaper.PARENT_VARIABLE, temporary.toString());
        Process owner = builder.start();
        BufferedReader output = owner.inputReader();
        assertThat(output.readLine()).isEqualTo(Owner.READY);
        return owner;
    }

    private static Stream<String> commands(List<Child> children) {
        return children.stream().map(Child::command);
    }

    /** Starts a broker in a JVM of its own, says so, and ends without closing it when its input ends. */
    static final class Owner {
        static final String READY = "ready";

        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            LocalProduct.valueOf(arguments[0]).launch();
            System.out.println(READY);
            System.exit(System.in.read() < 0 ? 0 : 1);
        }
    }
}
