package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since it keeps all processors busy. */
@Isolated
class ChildProcessTest {

    private static final int THREADS = 16;
    private static final int TIMES = 8;

    /** A program whose threads want more processors than there are. */
    static final class Busy {

        private Busy() {}

        public static void main(String[] args) throws Exception {
            CountDownLatch running = new CountDownLatch(THREADS);
            for (int i = 0; i < THREADS; i++) {
                new Thread(() -> spin(running)).start();
            }
            running.await();
            Files.createFile(Path.of(args[0]));
        }

        private static void spin(CountDownLatch running) {
            running.countDown();
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("When freeze returns, each thread of a busy process is stopped")
    void freezes() throws Exception {
        try (Reaper reaper = Reaper.inTemporaryDirectory("child-process-test")) {
            Path ready = reaper.directory().resolve("ready");
            ChildProcess busy = ChildProcess.start("busy", command(ready), Map.of(), reaper);
            busy.awaitUsable(() -> {
                if (!Files.exists(ready)) {
                    throw new IOException("not yet");
                }
            });
            for (int time = 0; time < TIMES; time++) {
                busy.freeze();
                assertThat(states(busy.pid())).containsOnly("T");
                busy.thaw();
            }
            busy.kill();
        }
    }

    private static List<String> command(Path ready) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(), "-cp", System.getProperty("java.class.path"), Busy.class.getName(), ready.toString());
    }

    private static List<String> states(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(ChildProcessTest::state).toList();
        }
    }

    private static String state(Path thread) {
        try {
            String status = Files.readString(thread.resolve("stat"));
            int name = status.lastIndexOf(')');
            return status.substring(name + 2, name + 3);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
