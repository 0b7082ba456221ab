package io.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process that should end.
 *
 * @param handle the process
 * @param command the name of its program
 */
record Child(ProcessHandle handle, String command) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** {@return the processes with these pids, as far as they run, and all that they started} */
    static List<Child> allBelow(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .map(handle -> new Child(handle, name(handle)))
                .toList();
    }

    /** {@return all processes that this JVM started and that run} */
    static List<Child> ofThisJvm() {
        return ProcessHandle.current()
                .descendants()
                .map(handle -> new Child(handle, name(handle)))
                .toList();
    }

    private static String name(ProcessHandle handle) {
        return handle.info()
                .command()
                .map(Path::of)
                .map(Path::getFileName)
                .map(Path::toString)
                .orElse("?");
    }

    /**
     * Returns when all have ended. It looks again and again, because {@link ProcessHandle#onExit()} also waits until the
     * parent has taken note, and in some containers the first process, parent of all orphans, never does.
     */
    static void awaitEnd(List<Child> children) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (children.stream().anyMatch(Child::lives)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Still there: " + children.stream().filter(Child::lives).toList());
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    boolean lives() {
        return handle.isAlive() && !isZombie();
    }

    private boolean isZombie() {
        try {
            String status = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            return status.substring(status.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }
}
